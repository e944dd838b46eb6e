import { en } from './en/index.ts'
import { mirrored, stretched } from './pseudo.ts'
import { flatten, type KeyOf, type Shape } from './shape.ts'
import { zhCN } from './zh-CN/index.ts'

export type LocaleMessages = Shape<typeof en>

/** The languages of OKPAY. To add one: one folder, one line here, and the compiler names what is missing. */
export const locales = { en, 'zh-CN': zhCN } as const satisfies Record<string, LocaleMessages>

export type Locale = keyof typeof locales
/** Made from English for tests: longer and accented, and the same from right to left. */
export type PseudoLocale = 'en-XA' | 'ar-XB'
export type AppLocale = Locale | PseudoLocale
export type MessageKey = KeyOf<typeof en>

const english = flatten(en)
const messages: Readonly<Record<AppLocale, () => Readonly<Record<string, string>>>> = {
  en: () => english,
  'zh-CN': () => flatten(zhCN),
  'en-XA': () => stretched(english),
  'ar-XB': () => mirrored(english),
}
const made = new Map<AppLocale, Readonly<Record<string, string>>>()

/** All messages of a locale, by dotted key. */
export function messagesOf(locale: AppLocale): Readonly<Record<string, string>> {
  const known = made.get(locale)
  if (known) return known
  const fresh = messages[locale]()
  made.set(locale, fresh)
  return fresh
}

/** Each language by its own name. */
export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' }

export const isLocale = (tag: string): tag is Locale => Object.hasOwn(locales, tag)

/** The locale that serves a tag of the system ("zh-Hans-SG", "en-GB"); English where none does. */
export function appLocale(tag: string): AppLocale {
  if (isLocale(tag) || tag === 'en-XA' || tag === 'ar-XB') return tag
  return tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** The tag that numbers, dates and plurals follow. */
export const intlTag = (locale: AppLocale): string => (locale === 'en-XA' || locale === 'ar-XB' ? 'en' : locale)

export const directionOf = (locale: AppLocale): 'ltr' | 'rtl' => (locale === 'ar-XB' ? 'rtl' : 'ltr')
