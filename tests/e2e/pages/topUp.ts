import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { Scene } from '../scene.ts'

/** Topping up by bank transfer. */
export function topUpPage({ page, t, hand, money }: Scene) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    ask: async (currency: CurrencyCode, value: string) => {
      await hand.choose(
        page.getByRole('main').getByRole('button', { name: t('topUp.currency') }),
        page.getByRole('option', { name: new RegExp(`^${currency}\\b`) }),
      )
      await hand.type(page.getByLabel(t('topUp.amount'), { exact: true }), value)
      await hand.press(button(t('topUp.create')))
    },
    reference: async () => {
      const text = await page
        .getByText(/\bRF\d{2}[ A-Z0-9]+/)
        .first()
        .innerText()
      const reference = /RF\d{2}[ A-Z0-9]+/.exec(text)?.[0]
      if (reference === undefined) throw new Error('the page shows no reference')
      return reference.replaceAll(' ', '')
    },
    iban: async () =>
      (await page.getByText(t('topUp.iban'), { exact: true }).locator('xpath=following-sibling::dd[1]').innerText()).replaceAll(' ', ''),
    copyReference: () => hand.press(button(t('app.copy', { name: t('topUp.reference') }))),
    qr: page.getByRole('img', { name: t('topUp.qrLabel') }),
    simulate: (currency: CurrencyCode, value: string) => hand.press(button(t('topUp.simulate', { amount: money(currency, value) }))),
    credited: (currency: CurrencyCode, value: string) =>
      page
        .getByRole('region', { name: t('topUp.slip', { amount: money(currency, value) }) })
        .getByText(t('topUp.state_credited'), { exact: true }),
    cancel: () => hand.press(button(t('topUp.cancel'))),
    state: (state: 'instructed' | 'detected' | 'credited' | 'cancelled' | 'expired') => page.getByText(t(`topUp.state_${state}`)),
  }
}
