import { formatMessage, type MessageValues } from '#locales/format.ts'
import { type AppLocale, appLocale, type LocaleMessages } from '#locales/index.ts'
import type { KeyOf } from '#locales/shape.ts'

type ServiceKey = KeyOf<LocaleMessages['service']>
export type Speech = (key: ServiceKey, values?: MessageValues) => string

/** The language of the terminal, as POSIX names it. */
export const terminalLocale = (env: NodeJS.ProcessEnv): AppLocale =>
  appLocale((env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en').split('.')[0]?.replace('_', '-') ?? 'en')

export const speak =
  (env: NodeJS.ProcessEnv): Speech =>
  (key, values) =>
    formatMessage(terminalLocale(env), `service.${key}`, values)
