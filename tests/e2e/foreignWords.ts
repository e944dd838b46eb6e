import type { Page } from 'playwright-core'
import { currencyCodes } from '#core/money/currencies/index.ts'
import { currencyName } from '#locales/amounts.ts'
import { lin } from './pages/account.ts'

/** Every vowel of the accented locale carries an accent, so a plain one stands in a word that no locale holds. */
const plainWord = /(?<![\p{L}\p{N}])[A-Za-z]*[aeiouAEIOU][A-Za-z]*[a-z][A-Za-z]*(?![\p{L}\p{N}])/gu

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)))
const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 1 + day)))
const dateWords = (['short', 'long'] as const).flatMap(style => [
  ...months.map(date => new Intl.DateTimeFormat('en', { month: style }).format(date)),
  ...days.map(date => new Intl.DateTimeFormat('en', { weekday: style }).format(date)),
])

/** Words that are right in any language: what the platform says of days and currencies, names, and what people wrote. */
const allowed = [
  ...dateWords,
  ...currencyCodes.map(code => currencyName('en-XA', code)),
  ...Object.values(lin),
  'English',
  'Germany',
  'When will my top-up of yesterday arrive?',
].sort((one, other) => other.length - one.length)

/** Words on the page that come from no locale. Names of shops, goods and banks are marked as data by the page with `translate="no"`. */
export async function foreignWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (element?.checkVisibility() && element.closest('[translate="no"], .mails') === null) found.push(node.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) found.push(element.getAttribute(name) ?? '')
    }
    return found
  })
  return [...new Set(texts.flatMap(text => foreignIn(text)))]
}

function foreignIn(text: string): string[] {
  const rest = allowed.reduce((left, word) => left.replaceAll(word, ' '), text).replace(/okpay:\/\/\S+|https?:\/\/\S*|\S+@\S+|\/\S+/g, ' ')
  const words = [...rest.matchAll(plainWord)].map(([word]) => word)
  return words.length === 0 ? [] : [`"${words.join(' ')}" in "${text.trim().slice(0, 80)}"`]
}
