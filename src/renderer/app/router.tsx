import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { Mailbox } from '../views/account/Mailbox.tsx'
import { Activity } from '../views/activity/Activity.tsx'
import { Help } from '../views/help/Help.tsx'
import { Home } from '../views/home/Home.tsx'
import { Pay } from '../views/pay/Pay.tsx'
import { Settings } from '../views/settings/Settings.tsx'
import { Statements } from '../views/statements/Statements.tsx'
import { TopUp } from '../views/topUp/TopUp.tsx'
import { TopUpDetail } from '../views/topUp/TopUpDetail.tsx'
import { Crash, Nowhere } from './Crash.tsx'
import { Frame } from './Frame.tsx'

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
const activity = createRoute({ getParentRoute: () => root, path: '/activity', validateSearch: texts('id', 'query'), component: Activity })
const pay = createRoute({ getParentRoute: () => root, path: '/pay', validateSearch: texts('text', 'payment', 'draft'), component: Pay })
const topUp = createRoute({
  getParentRoute: () => root,
  path: '/top-up',
  validateSearch: texts('currency', 'amount', 'order'),
  component: TopUp,
})
const topUpDetail = createRoute({ getParentRoute: () => root, path: '/top-up/$id', validateSearch: texts('order'), component: TopUpDetail })
const statements = createRoute({ getParentRoute: () => root, path: '/statements', component: Statements })
const help = createRoute({ getParentRoute: () => root, path: '/help', validateSearch: texts('about'), component: Help })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', validateSearch: texts('raise'), component: Settings })
const mailbox = createRoute({ getParentRoute: () => root, path: '/mailbox', component: Mailbox })

const routeTree = root.addChildren([home, activity, pay, topUp, topUpDetail, statements, help, settings, mailbox])

/** Every place of the open wallet. The address is kept in the hash, so that the same files work behind `app://` and the loopback server. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  scrollRestoration: false,
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: Nowhere,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
