import type { DeclineCode } from '#core/failure/declines.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { blanks, sentence } from '../blanks.ts'
import type { Scene } from '../scene.ts'

/** Paying a shop: the order, the slip, the receipt or the refusal. */
export function payPage({ page, t, hand, money }: Scene) {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const slip = page.getByRole('region', { name: t('pay.slip') })
  return {
    open: async (linkOrCode: string) => {
      await hand.type(page.getByLabel(t('pay.field'), { exact: true }), linkOrCode)
      await hand.press(button(t('pay.open')))
    },
    choosePicture: (path: string) => page.locator('input[type=file]').setInputFiles(path),
    slip,
    fee: slip.getByText(t('pay.fee'), { exact: true }),
    after: (currency: CurrencyCode, value: string) => page.getByText(t('pay.after', { amount: money(currency, value) })),
    confirm: (currency: CurrencyCode, value: string) => hand.press(button(t('pay.confirm', { amount: money(currency, value) }))),
    confirmButton: (currency: CurrencyCode, value: string) => button(t('pay.confirm', { amount: money(currency, value) })),
    cancel: () => hand.press(button(t('pay.cancel'))),
    cancelled: page.getByText(t('pay.cancelled')),
    paid: page.getByText(t('pay.paid'), { exact: true }).first(),
    /** The sentence of a refusal; its blanks may hold anything. `chosen`: the arguments that choose among its words. */
    refusal: (code: DeclineCode, chosen: Readonly<Record<string, string>> = {}) =>
      page.getByText(sentence(t(`declines.${code}.what`, { ...blanks, ...chosen }))).first(),
    fix: (name: string | RegExp) => page.getByRole('button', { name }),
    seeMovement: () =>
      hand.press(page.getByRole('button', { name: t('pay.seeMovement') }).or(page.getByRole('link', { name: t('pay.seeMovement') }))),
  }
}
