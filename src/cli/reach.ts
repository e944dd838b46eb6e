import type { Envelope } from '#contracts/wire/envelope.ts'
import type { AppLocale } from '#locales/index.ts'

export type ReachOptions = { readonly locale: AppLocale; readonly dataDir: string | undefined; readonly passwordFile: string | undefined }

/** A wallet that a command can ask, however it was reached. */
export type ReachedWallet = {
  call(method: string, input: unknown): Promise<Envelope<unknown>>
  close(): Promise<void>
}
