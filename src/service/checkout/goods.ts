import type { CurrencyCode } from '#core/money/currencies/index.ts'

/** `price` is a decimal of the shop's currency. `onlyIn`: the countries whose residents may pay it. Titles stand in the locales. */
export type Good = { readonly price: string; readonly onlyIn?: readonly string[] }
export type Shop = {
  readonly name: string
  readonly currency: CurrencyCode
  readonly reference: string
  readonly goods: Readonly<Record<string, Good>>
}

/** The sandbox's shops. One sells in a currency without decimals, one in a currency with three, one has a thing above the first limits. */
export const shops = {
  lumen: {
    name: 'Lumen Books',
    currency: 'EUR',
    reference: 'LB',
    goods: {
      fieldNotes: { price: '18.50' },
      cityAtlas: { price: '42.00' },
      teaHistory: { price: '24.90' },
      firstFolio: { price: '2400.00' },
      islandReader: { price: '9.90', onlyIn: ['IS'] },
    },
  },
  yulan: {
    name: 'Yulan Tea 玉兰茶行',
    currency: 'CNY',
    reference: 'YT',
    goods: { jasmine: { price: '88.00' }, puer: { price: '268.00' }, teapot: { price: '520.00' } },
  },
  harbor: {
    name: 'Harbor Tools',
    currency: 'USD',
    reference: 'HT',
    goods: { plane: { price: '64.00' }, chisels: { price: '139.99' }, whetstone: { price: '27.50' } },
  },
  kumo: {
    name: 'Kumo Stationery',
    currency: 'JPY',
    reference: 'KS',
    goods: { notebook: { price: '980' }, ink: { price: '1650' }, fountainPen: { price: '12800' } },
  },
  misk: {
    name: 'Dar Al Misk',
    currency: 'KWD',
    reference: 'DM',
    goods: { oud: { price: '14.750' }, roseWater: { price: '2.125' }, amber: { price: '6.500' } },
  },
} as const satisfies Readonly<Record<string, Shop>>

export type ShopId = keyof typeof shops

export const isShopId = (text: string): text is ShopId => Object.hasOwn(shops, text)

/** The most of one thing in a basket. */
export const mostOfOne = 99
