import { resolve } from 'node:path'
import { app } from 'electron'
import { linkAmong, linkScheme } from '../launchOptions.ts'

export type LinkTargets = {
  /** Hands an untrusted link to the wallet, whose grammar judges it. */
  readonly open: (link: string) => void
  readonly show: () => void
}

/** Registers OKPAY for okpay:// links and takes them from wherever the system gives them (SECURITY.md, point 8). */
export function takeLinks({ open, show }: LinkTargets): void {
  const [program, script] = [process.execPath, process.argv[1]]
  if (app.isPackaged || script === undefined) app.setAsDefaultProtocolClient(linkScheme)
  else app.setAsDefaultProtocolClient(linkScheme, program, [resolve(script)])
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const link = linkAmong([url])
    if (link !== null) open(link)
    show()
  })
  app.on('second-instance', (_, words) => {
    const link = linkAmong(words)
    if (link !== null) open(link)
    show()
  })
}
