import { resolve } from 'node:path'
import { app } from 'electron'
import { linkAmong, linkScheme } from '../launchOptions.ts'

export type LinkTargets = {
  /** Hands an untrusted link to the wallet, whose grammar judges it. */
  readonly open: (link: string) => void
  readonly show: () => void
}

/**
 * Registers OKPAY for okpay:// links and takes them from wherever the system gives them (SECURITY.md, point 8). To be called at once: macOS tells
 * the link that started the app before there is a wallet; it waits for the targets.
 * @returns what connects the targets.
 */
export function takeLinks(): (targets: LinkTargets) => void {
  let targets: LinkTargets | undefined
  let waiting: string | null = null
  const script = process.argv[1]
  if (app.isPackaged || script === undefined) app.setAsDefaultProtocolClient(linkScheme)
  else app.setAsDefaultProtocolClient(linkScheme, process.execPath, [resolve(script)])
  const hand = (link: string | null) => {
    if (link !== null && targets) targets.open(link)
    else if (link !== null) waiting = link
    targets?.show()
  }
  app.on('open-url', (event, url) => {
    event.preventDefault()
    hand(linkAmong([url]))
  })
  app.on('second-instance', (_, words) => hand(linkAmong(words)))
  return connected => {
    targets = connected
    if (waiting !== null) connected.open(waiting)
    waiting = null
  }
}
