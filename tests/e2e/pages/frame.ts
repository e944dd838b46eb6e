import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { formatAmount } from '#locales/amounts.ts'
import type { Scene } from '../scene.ts'

type Place = 'home' | 'activity' | 'pay' | 'topUp' | 'contacts' | 'statements' | 'help'

/** What surrounds every view: the places, the lock, the palette. */
export function framePage({ page, t, hand }: Scene) {
  const navigation = page.getByRole('navigation', { name: t('app.navigation') })
  return {
    navigation,
    go: (place: Place) => hand.press(navigation.getByRole('link', { name: t(`app.${place}`) }).first()),
    settings: () => hand.press(page.getByRole('link', { name: t('app.settings') }).first()),
    heading: (name: string) => page.getByRole('heading', { name, level: 1 }),
    lock: () => hand.press(page.getByRole('button', { name: t('app.lock') }).first()),
    status: page.getByRole('status'),
    openPalette: () => page.keyboard.press('ControlOrMeta+k'),
    palette: page.getByRole('dialog'),
    order: async (words: string) => {
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type(words)
      await page.keyboard.press('Enter')
    },
  }
}

/** The first screen. */
export function homePage({ page, t, hand, locale }: Scene) {
  const balances = page.getByRole('region', { name: t('home.balances') })
  const figure = (currency: CurrencyCode, value: string) => formatAmount(locale, { currency, value }, { unit: 'none' })
  return {
    main: page.getByRole('main'),
    openAll: () => hand.press(page.getByRole('button', { name: t('home.openAll'), exact: true })),
    balances,
    balance: (currency: CurrencyCode, value: string) =>
      balances.getByRole('listitem').filter({ hasText: currency }).getByText(figure(currency, value), { exact: true }),
    latest: page.getByRole('region', { name: t('home.latest') }),
    empty: page.getByText(t('home.emptyTitle')),
  }
}
