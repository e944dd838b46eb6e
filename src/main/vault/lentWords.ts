import type { Clipboard, Clock } from '../ports.ts'

const lentMs = 60_000

export type LentWords = {
  /** Puts `text` on the clipboard and answers when it is taken away again. */
  lend(text: string): Promise<number>
  /** Takes it away now, unless something else was copied since. */
  takeBack(): Promise<void>
}

/** A secret on the clipboard, for a minute and no longer than the wallet is open. What the person copied meanwhile is left alone. */
export function createLentWords(clipboard: Clipboard, clock: Clock, onBug: (error: unknown) => void): LentWords {
  let lent: string | undefined
  let cancel = (): void => undefined

  async function takeBack(): Promise<void> {
    cancel()
    const text = lent
    lent = undefined
    if (text !== undefined && (await clipboard.read()) === text) await clipboard.write('')
  }

  return {
    takeBack,
    async lend(text) {
      await takeBack()
      await clipboard.write(text)
      lent = text
      cancel = clock.after(lentMs, () => void takeBack().catch(onBug))
      return clock.now() + lentMs
    },
  }
}
