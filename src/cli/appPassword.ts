import { readFileSync } from 'node:fs'
import { formatMessage } from '#locales/format.ts'
import type { AppLocale } from '#locales/index.ts'
import { WrongUse } from './failure.ts'
import { askSecret } from './prompt.ts'

export type PasswordSource = { readonly locale: AppLocale; readonly passwordFile: string | undefined }

/** A password in a file, without the end of its line. Throws `WrongUse`. */
export function passwordIn(path: string, locale: AppLocale): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new WrongUse(formatMessage(locale, 'cli.wrong.passwordFile', { path }))
  }
}

/** The app password: from the file, else typed without being shown. Without one nothing is tried, so that no try is counted. Throws `WrongUse`. */
export async function appPassword({ locale, passwordFile }: PasswordSource): Promise<string> {
  if (passwordFile !== undefined) return passwordIn(passwordFile, locale)
  const typed = await askSecret(formatMessage(locale, 'cli.password'))
  if (typed) return typed
  throw new WrongUse(formatMessage(locale, 'cli.wrong.noPassword'))
}
