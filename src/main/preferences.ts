import { z } from 'zod'
import { lockMinutes, serviceChoice, theme } from '#contracts/bridge/app.ts'
import { currency, instant, localeTag } from '#contracts/wire/scalars.ts'
import { readIfThere, writeDurably } from './vault/durableFile.ts'

const preferences = z.object({
  locale: localeTag,
  theme,
  homeCurrency: currency,
  hideAmounts: z.boolean(),
  service: serviceChoice,
  /** Null: never by itself. Changed by an open wallet only. */
  lockAfterMinutes: lockMinutes.nullable(),
  lockOnHide: z.boolean(),
  /** When the person is next asked for a recovery kit; null where they never answered. */
  kitAskAt: instant.nullable(),
})

export type Preferences = z.infer<typeof preferences>

export type PreferenceFile = {
  current(): Preferences
  change(part: { readonly [K in keyof Preferences]?: Preferences[K] | undefined }): Promise<void>
}

/** China's own currency for Chinese, else the euro: a first guess that the person changes in one place. */
export const homeCurrencyOf = (locale: string): Preferences['homeCurrency'] => (locale.startsWith('zh') ? 'CNY' : 'EUR')

/**
 * What is not secret, in plain JSON beside the vault, so that the locked window speaks the right language. A line that cannot be read gives way to
 * its default: nothing here is worth refusing to start.
 */
export async function openPreferences(path: string, defaults: Preferences): Promise<PreferenceFile> {
  let current = defaults
  const text = await readIfThere(path)
  if (text !== undefined) current = { ...defaults, ...readable(text) }
  return {
    current: () => current,
    async change(part) {
      const next = preferences.parse({ ...current, ...Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) })
      await writeDurably(path, `${JSON.stringify(next, null, 2)}\n`)
      current = next
    },
  }
}

function readable(text: string): Partial<Preferences> {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return {}
  }
  if (found === null || typeof found !== 'object') return {}
  const whole = preferences.partial()
  const lines = Object.entries(found).map(([name, value]) => whole.safeParse({ [name]: value }))
  return Object.assign({}, ...lines.map(line => line.data ?? {}))
}
