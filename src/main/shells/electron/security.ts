import { app, type Session, session, shell, type WebContents } from 'electron'
import { isPageUrl } from './protocol.ts'
import type { VouchedAddresses } from './vouched.ts'

/** Hosts outside of OKPAY that the window may open in the person's browser. */
export const externalHosts: readonly string[] = ['www.ecb.europa.eu']

/** The page may write text that the person copies; cameras, places, notifications and everything else it never gets. */
const allowedPermissions: readonly string[] = ['clipboard-sanitized-write']

/** What the page may load: itself, and what it made in memory. Everything else is the wallet's to fetch. */
const pageSchemes: readonly string[] = ['blob:', 'data:', 'devtools:']

/** Whether an address may be handed to the system's browser: https on an exact host, or one that the wallet itself has told the page. */
export function mayOpenOutside(text: string, vouched: VouchedAddresses): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  const isListed = url.protocol === 'https:' && externalHosts.includes(url.host) && url.username === '' && url.password === ''
  return isListed || vouched.has(url)
}

/** Nothing navigates, embeds or opens windows, in any web contents that ever exists (SECURITY.md, point 6). */
function hardenContents(contents: WebContents, vouched: VouchedAddresses): void {
  contents.on('will-navigate', event => event.preventDefault())
  contents.on('will-frame-navigate', event => event.preventDefault())
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url, vouched)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Permissions and requests are refused unless they are on the two short lists above (SECURITY.md, points 4 and 7). */
function hardenSession(own: Session): void {
  const isAllowed = (permission: string, url: string) => allowedPermissions.includes(permission) && isPageUrl(url)
  own.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) => answer(isAllowed(permission, requestingUrl)))
  own.setPermissionCheckHandler((_, permission, origin) => isAllowed(permission, origin))
  own.setDevicePermissionHandler(() => false)
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isPageUrl(url) && !pageSchemes.includes(URL.parse(url)?.protocol ?? '') })
  })
}

/** Hardens everything that the app makes from now on. To be called once it is ready, before the first window. */
export function hardenApp(vouched: VouchedAddresses): void {
  app.on('web-contents-created', (_, contents) => hardenContents(contents, vouched))
  hardenSession(session.defaultSession)
}
