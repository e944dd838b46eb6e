import { SaxesParser } from 'saxes'
import type { Instant } from '#core/ledger/command.ts'

export const ecbDailyUrl = 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml'

/** Units of each currency for one euro, as the decimals that the bank published, and their day. */
export type DailyRates = { readonly on: string; readonly perEuro: Readonly<Record<string, string>> }

const namespace = 'http://www.ecb.int/vocabulary/2002-08-01/eurofxref'
const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const currencyPattern = /^[A-Z]{3}$/
const ratePattern = /^\d{1,9}(?:\.\d{1,8})?$/
const fewest = 20
const most = 100
const dayMs = 86_400_000

/**
 * Reads the daily feed strictly: one day that is not in the future, 20 to 100 currencies with dollar, yen and pound among them, each once and
 * above zero. Anything else is undefined: no rates are better than wrong ones. Source: the feed's own description at the ECB's site.
 */
export function parseEcbDaily(xml: string, now: Instant): DailyRates | undefined {
  const days: string[] = []
  const perEuro = new Map<string, string>()
  let isGood = true
  const parser = new SaxesParser({ xmlns: true })
  const refuse = () => {
    isGood = false
  }
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (local !== 'Cube' || uri !== namespace) return
    const { time, currency, rate } = attributes
    if (time) days.push(time.value)
    if (!currency || !rate) return
    const isRate = currencyPattern.test(currency.value) && ratePattern.test(rate.value) && /[1-9]/.test(rate.value)
    if (!isRate || perEuro.has(currency.value)) refuse()
    perEuro.set(currency.value, rate.value)
  })
  parser.write(xml).close()
  const [on = '', ...others] = days
  const isDay = others.length === 0 && dayPattern.test(on) && Date.parse(on) <= now + dayMs
  const isWhole = perEuro.size >= fewest && perEuro.size <= most && ['USD', 'JPY', 'GBP'].every(code => perEuro.has(code))
  return isGood && isDay && isWhole ? { on, perEuro: Object.fromEntries([...perEuro].sort()) } : undefined
}
