import { serialize } from 'node:v8'
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { methodNames } from '#contracts/bridge/index.ts'
import type { Wallet } from '../../ports.ts'
import { isPageUrl } from './protocol.ts'
import type { VouchedAddresses } from './vouched.ts'

/** The preload listens on the same name. */
const eventChannel = 'event'
const largestInputBytes = 8_000_000

/** Whether a call comes from the main frame of our window, showing our page. A frame that is gone, or that has no address yet, is nobody. */
function isOwnCall({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  if (!window || window.isDestroyed() || sender !== window.webContents || !senderFrame) return false
  return senderFrame === sender.mainFrame && isPageUrl(senderFrame.url)
}

/** One channel a method; what the page may ask is exactly the table of the contract (SECURITY.md, points 2 and 5). */
export function serveCalls(wallet: Pick<Wallet, 'dispatch'>, window: () => BrowserWindow | undefined, vouched: VouchedAddresses): void {
  for (const method of methodNames) {
    ipcMain.handle(method, async (event, input: unknown) => {
      if (!isOwnCall(event, window())) throw new Error('not called by the window of OKPAY')
      if (serialize(input).byteLength > largestInputBytes) throw new Error('too large')
      const envelope = await wallet.dispatch(method, input, { shell: 'electron' })
      if (envelope.ok) vouched.note(envelope.value)
      return envelope
    })
  }
}

/** Tells the window what the wallet tells, while there is one that shows our page. */
export function tellEvents(wallet: Pick<Wallet, 'onEvent'>, window: () => BrowserWindow | undefined, vouched: VouchedAddresses): void {
  wallet.onEvent((event, payload) => {
    vouched.note(payload)
    const open = window()
    if (open && !open.isDestroyed() && isPageUrl(open.webContents.getURL())) open.webContents.send(eventChannel, event, payload)
  })
}
