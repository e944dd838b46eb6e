import {
  createHashHistory,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { Home } from '../views/home/Home.tsx'
import { Crash, Nowhere } from './Crash.tsx'
import { Frame } from './Frame.tsx'

/** The first screen comes at once; every other view is fetched when it is first wanted, or when the window has nothing else to do. */
const views = {
  Mailbox: lazyRouteComponent(() => import('../views/account/Mailbox.tsx'), 'Mailbox'),
  Activity: lazyRouteComponent(() => import('../views/activity/Activity.tsx'), 'Activity'),
  Contacts: lazyRouteComponent(() => import('../views/contacts/Contacts.tsx'), 'Contacts'),
  Help: lazyRouteComponent(() => import('../views/help/Help.tsx'), 'Help'),
  Pay: lazyRouteComponent(() => import('../views/pay/Pay.tsx'), 'Pay'),
  SecurityCentre: lazyRouteComponent(() => import('../views/security/SecurityCentre.tsx'), 'SecurityCentre'),
  Settings: lazyRouteComponent(() => import('../views/settings/Settings.tsx'), 'Settings'),
  Statements: lazyRouteComponent(() => import('../views/statements/Statements.tsx'), 'Statements'),
  TopUp: lazyRouteComponent(() => import('../views/topUp/TopUp.tsx'), 'TopUp'),
  TopUpDetail: lazyRouteComponent(() => import('../views/topUp/TopUpDetail.tsx'), 'TopUpDetail'),
}

/** Fetches the views that were not wanted yet, so that no press waits for one. */
export const fetchViews = async (): Promise<void> => {
  await Promise.allSettled(Object.values(views).map(async view => view.preload?.()))
}

/** One text of the address, where it is one. */
function texts<K extends string>(...names: readonly K[]) {
  return (search: Record<string, unknown>): { [N in K]?: string } => {
    const found: { [N in K]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if (typeof value === 'string') found[name] = value
      else if (typeof value === 'number') found[name] = String(value)
    }
    return found
  }
}

const root = createRootRoute({ component: Frame })
const home = createRoute({ getParentRoute: () => root, path: '/', component: Home })
const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: texts('id', 'query', 'label'),
  component: views.Activity,
})
const pay = createRoute({
  getParentRoute: () => root,
  path: '/pay',
  validateSearch: texts('text', 'payment', 'draft', 'split'),
  component: views.Pay,
})
const topUp = createRoute({
  getParentRoute: () => root,
  path: '/top-up',
  validateSearch: texts('currency', 'amount', 'order'),
  component: views.TopUp,
})
const topUpDetail = createRoute({
  getParentRoute: () => root,
  path: '/top-up/$id',
  validateSearch: texts('order'),
  component: views.TopUpDetail,
})
const statements = createRoute({ getParentRoute: () => root, path: '/statements', component: views.Statements })
const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  validateSearch: texts('id', 'made'),
  component: views.Contacts,
})
const help = createRoute({ getParentRoute: () => root, path: '/help', validateSearch: texts('about'), component: views.Help })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', validateSearch: texts('raise'), component: views.Settings })
const security = createRoute({ getParentRoute: () => root, path: '/security', component: views.SecurityCentre })
const mailbox = createRoute({ getParentRoute: () => root, path: '/mailbox', component: views.Mailbox })

const routeTree = root.addChildren([home, activity, pay, topUp, topUpDetail, contacts, statements, help, settings, security, mailbox])

/**
 * Every place of the open wallet. The address is kept in the hash, so that the same files work behind `app://` and the loopback server. Where there is
 * no window, the first screen is drawn: it has no address.
 */
export const router = createRouter({
  routeTree,
  history: typeof window === 'undefined' ? createMemoryHistory() : createHashHistory(),
  scrollRestoration: false,
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: Nowhere,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
