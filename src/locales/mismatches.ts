import type { Mismatch } from '#core/wallet/mismatch.ts'
import { amountText, formatAmount } from './amounts.ts'
import { formatMessage } from './format.ts'
import type { AppLocale } from './index.ts'

/** What does not add up, in a sentence: of a balance the amounts are written for people. */
export function sayMismatch(locale: AppLocale, { code, detail }: Mismatch): string {
  const asAmount = (value = ''): string => {
    const amount = amountText(detail['currency'], value)
    return amount ? formatAmount(locale, amount, { unit: 'code' }) : value
  }
  const balances = code === 'balance_wrong' ? { here: asAmount(detail['here']), there: asAmount(detail['there']) } : {}
  return formatMessage(locale, `provider.mismatch.${code}`, {
    currency: '',
    version: '',
    day: '',
    here: '',
    there: '',
    missing: 'there',
    ...detail,
    ...balances,
  })
}

/** What stands between two sentences. */
export const sentenceGap = (locale: AppLocale): string => (locale === 'zh-CN' ? '' : ' ')
