import type { FaultCode } from '#core/failure/faults.ts'
import { sayFailure } from '#locales/failures.ts'
import { formatKnown, formatMessage, type MessageValues } from '#locales/format.ts'
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

/** What happened and what to do, for whoever runs the service: its book is not a person's wallet. */
export const sayFault = (locale: AppLocale, code: FaultCode): string =>
  formatKnown(locale, `service.refused.${code}`) ?? sayFailure(locale, { kind: 'fault', code, detail: {} }, new Date()).whole
