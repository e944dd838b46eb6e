import type { Page } from 'playwright-core'
import { currencies, currencyCodes } from '#core/money/currencies/index.ts'
import { currencyName } from '#locales/amounts.ts'
import { type Shop, shops } from '#service/checkout/goods.ts'
import { lin, maria } from './pages/account.ts'

/** Every vowel of the accented locale carries an accent, so a plain one stands in a word that no locale holds. */
const plainWord = /(?<![\p{L}\p{N}])[A-Za-z]*[aeiouAEIOU][A-Za-z]*[a-z][A-Za-z]*(?![\p{L}\p{N}])/gu

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)))
const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 1 + day)))
const dateWords = (['short', 'long'] as const).flatMap(style => [
  ...months.map(date => new Intl.DateTimeFormat('en', { month: style }).format(date)),
  ...days.map(date => new Intl.DateTimeFormat('en', { weekday: style }).format(date)),
])

const fiatCodes = currencyCodes.filter(code => currencies[code].kind === 'fiat')

/** "euros", as the platform says it in a sentence. */
const pluralNames = fiatCodes.flatMap(code =>
  new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: 'name' })
    .formatToParts(2)
    .filter(({ type }) => type === 'currency')
    .map(({ value }) => value),
)

/** ", and ", as the platform joins the parts of a list. */
const joints = [2, 3].flatMap(count =>
  new Intl.ListFormat('en', { type: 'conjunction' })
    .formatToParts(Array.from({ length: count }, (_, n) => `${n}`))
    .filter(({ type }) => type === 'literal')
    .map(({ value }) => value),
)

/** Words that are right in any language: what the platform says of days, zones, lists and currencies, its own few labels, names, and what people wrote. */
const allowed = [
  ...dateWords,
  ...pluralNames,
  ...joints,
  ...currencyCodes.map(code => currencyName('en-XA', code)),
  ...Object.values<Shop>(shops).map(({ name }) => name),
  ...Object.values(lin),
  ...Object.values(maria),
  'OKPAY Sandbox Bank',
  'OKPAY Sandbox',
  'Faster Payments',
  'Clear search',
  'Coordinated Universal Time',
  'Dismiss',
  'Enter',
  'English',
  'Germany',
  'Linux',
  'When will my top-up of yesterday arrive?',
].sort((one, other) => other.length - one.length)

/** Words on the page that come from no locale. Mails are what the service wrote when it sent them; the parts of a day are named by the kit, in its own languages. */
export async function foreignWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (element?.checkVisibility() && element.closest('.mails, [data-live-announcer], .segment') === null)
        found.push(node.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      if (element.closest('.segment') === null)
        for (const name of ['aria-label', 'placeholder', 'title']) found.push(element.getAttribute(name) ?? '')
    }
    return found
  })
  return [...new Set(texts.flatMap(text => foreignIn(text)))]
}

/** An id is written in sixteen digits, some of which are letters and now and then make what looks like a word. */
const id = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g

function foreignIn(text: string): string[] {
  const rest = allowed
    .reduce((left, word) => left.replaceAll(word, ' '), text.replace(id, ' '))
    .replace(/okpay:\/\/\S+|https?:\/\/\S*|\S+@\S+|\/\S+|\S+\.csv\b/g, ' ')
  const words = [...rest.matchAll(plainWord)].map(([word]) => word)
  return words.length === 0 ? [] : [`"${words.join(' ')}" in "${text.trim().slice(0, 80)}"`]
}
