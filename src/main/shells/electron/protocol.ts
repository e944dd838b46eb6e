import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { pageHeaders } from '../contentPolicy.ts'
import { findPageFile } from '../pageFiles.ts'

const scheme = 'app'
const host = 'okpay'

export const pageUrl = `${scheme}://${host}/`

/** To be called before the app is ready. The page is a secure, standard origin of its own; files have none. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/** Whether a URL is of our page: scheme and host exactly. An empty or unreadable one is not. */
export function isPageUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === `${scheme}:` && url.host === host
}

/** Serves the built window at app://okpay, and nothing from outside of its folder (SECURITY.md, points 3 and 4). */
export function servePage(root: string): void {
  protocol.handle(scheme, async request => {
    const refuse = (status: number) => new Response(null, { status, headers: pageHeaders })
    if (!isPageUrl(request.url)) return refuse(404)
    if (request.method !== 'GET') return refuse(405)
    const file = await findPageFile(root, new URL(request.url).pathname)
    if (!file) return refuse(404)
    return new Response(new Uint8Array(await readFile(file.path)), { headers: { ...pageHeaders, 'Content-Type': file.type } })
  })
}
