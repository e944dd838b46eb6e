import { formatMessage } from '#locales/format.ts'
import type { AppLocale } from '#locales/index.ts'

/** A recovery kit as a file or a sheet: what it is, its words with their numbers, what to do with it. `readWords` reads it back. `day` is an ISO day. */
export function kitText(locale: AppLocale, words: readonly string[], day: string): string {
  const numbered = words.map((word, index) => `${String(index + 1).padStart(2)}. ${word}`)
  const parts = [
    formatMessage(locale, 'vault.kitFileTitle'),
    formatMessage(locale, 'vault.kitFileMade', { day }),
    formatMessage(locale, 'vault.kitFileKeep'),
    numbered.join('\n'),
    formatMessage(locale, 'vault.kitFileUse'),
  ]
  return `${parts.join('\n\n')}\n`
}
