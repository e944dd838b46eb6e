import { createHash } from 'node:crypto'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { currencyName, formatAmount } from '#locales/amounts.ts'
import { formatKnown, formatMessage, type MessageValues } from '#locales/format.ts'
import type { LocaleMessages } from '#locales/index.ts'
import { type AppLocale, appLocale, directionOf, intlTag, type Locale, localeNames } from '#locales/index.ts'
import type { KeyOf } from '#locales/shape.ts'
import { amountWire } from '../wires.ts'
import { type Html, html } from './html.ts'
import { shopIcon } from './shopIcon.ts'
import { shopScript } from './shopScript.ts'
import { shopStyle } from './shopStyle.ts'

type ShopKey = KeyOf<LocaleMessages['shop']>

/** How a page is written for its reader. `asked` is the language that the address names; links carry it on. */
export type Reader = {
  readonly locale: AppLocale
  readonly asked: string | undefined
  say(key: ShopKey, values?: MessageValues): string
  price(currency: CurrencyCode, minor: bigint): string
  nameOf(currency: CurrencyCode): string
  country(code: string): string
  /** The title of a thing of the goods table. */
  goodOf(key: string): string
  /** An address of the shop in the same language. */
  link(path: string, query?: Readonly<Record<string, string>>): string
}

/** By `?lang=`, else by the first language of the browser that there is, else English. */
function localeOf(asked: string | undefined, accepted: string | undefined): AppLocale {
  if (asked !== undefined) return appLocale(asked)
  const tags = (accepted ?? '')
    .slice(0, 200)
    .split(',')
    .map(part => part.split(';')[0]?.trim() ?? '')
  return appLocale(tags.find(tag => /^(zh|en)\b/i.test(tag)) ?? 'en')
}

export function readerOf(asked: string | undefined, accepted: string | undefined): Reader {
  const locale = localeOf(asked, accepted)
  const countries = new Intl.DisplayNames(intlTag(locale), { type: 'region' })
  return {
    locale,
    asked,
    say: (key, values) => formatMessage(locale, `shop.${key}`, values),
    price: (currency, minor) => formatAmount(locale, amountWire(currency, minor)),
    nameOf: currency => currencyName(locale, currency),
    country: code => countries.of(code) ?? code,
    goodOf: key => formatKnown(locale, `shop.goods.${key}`) ?? key,
    link: (path, query = {}) => {
      const params = new URLSearchParams({ ...query, ...(asked === undefined ? {} : { lang: asked }) })
      return params.size > 0 ? `${path}?${params}` : path
    },
  }
}

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** What the pages load, by their address; the address changes with the content. */
export const assets = {
  style: { path: `/shop/assets/${fingerprint(shopStyle)}.css`, type: 'text/css; charset=utf-8', text: shopStyle },
  icon: { path: `/shop/assets/${fingerprint(shopIcon)}.svg`, type: 'image/svg+xml', text: shopIcon },
  script: { path: `/shop/assets/${fingerprint(shopScript)}.js`, type: 'text/javascript; charset=utf-8', text: shopScript },
} as const

const languages: readonly Locale[] = ['zh-CN', 'en']

const languageLinks = ({ locale }: Reader, path: string, query: Readonly<Record<string, string>>): Html =>
  html`<nav class="langs">${languages.map(
    tag =>
      html`<a href="${path}?${new URLSearchParams({ ...query, lang: tag }).toString()}" lang="${tag}" hreflang="${tag}"${tag === locale ? html` aria-current="true"` : undefined}>${localeNames[tag]}</a>`,
  )}</nav>`

export type Page = {
  readonly title: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly script?: boolean
  readonly body: Html
}

/** A whole page: the mark, the languages and the dashed line that says sandbox in its banner, the body in its main part. Nothing stands outside of the two. */
export const pageOf = (reader: Reader, { title, path, query = {}, script = false, body }: Page): string =>
  html`<!doctype html>
<html lang="${intlTag(reader.locale)}" dir="${directionOf(reader.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${assets.icon.path}">
<link rel="stylesheet" href="${assets.style.path}">
${script && html`<script src="${assets.script.path}" defer></script>`}
</head>
<body>
<div class="page">
<header><div class="top"><a class="mark" href="${reader.link('/shop')}"><span class="seal" aria-hidden="true">O</span>${reader.say('title')}</a>${languageLinks(reader, path, query)}</div>
<p class="sandbox">${reader.say('sandbox')}</p></header>
<main>${body}</main>
</div>
</body>
</html>`.markup
