import type { AppState } from '#contracts/bridge/app.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { localeNames } from '#locales/index.ts'
import { readTypedAmount } from '../text/typedAmount.ts'
import type { Text } from '../text/useText.ts'
import { places } from './places.ts'
import { keyName } from './useShortcuts.ts'

export type Command = {
  readonly id: string
  readonly name: string
  readonly act: () => void
  readonly keys?: string
  readonly isForTyped?: boolean
}

export type Place = (typeof places)[number]['to'] | '/settings' | '/security' | '/mailbox'

type Acts = {
  readonly open: (place: Place) => void
  readonly pay: (text: string) => void
  readonly topUp: (currency: string, amount: string) => void
  readonly search: (query: string) => void
  readonly lock: () => void
  readonly toggleAmounts: () => void
  readonly prefer: (choice: { theme?: AppState['theme']; locale?: string }) => void
}

const themes = ['system', 'light', 'dark', 'contrast'] as const
const payText = /^(okpay:\/\/\S+|[0-9A-Za-z]{4}-?[0-9A-Za-z]{4})$/
const amountText = /(\d[\d.,'\s]{0,60})([A-Za-z]{3,4})$/

/** What the typed text itself asks for: to open a payment, to top up an amount. */
function typedCommands(text: Text, { pay, topUp }: Acts, typed: string): readonly Command[] {
  const wish = typed.trim()
  const found: Command[] = []
  if (payText.test(wish) && /\d|:/.test(wish)) {
    found.push({ id: 'typed-pay', name: text.t('palette.payLink', { code: wish }), act: () => pay(wish), isForTyped: true })
  }
  const [, number, code] = amountText.exec(wish) ?? []
  const currency = code?.toUpperCase() ?? ''
  if (number !== undefined && isCurrencyCode(currency)) {
    const value = readTypedAmount(currency, number)
    if (value !== undefined) {
      const name = text.t('palette.topUpAmount', { amount: text.amount({ currency, value }) })
      found.push({ id: 'typed-top-up', name, act: () => topUp(currency, value), isForTyped: true })
    }
  }
  return found
}

/** Searching the activity for what was typed: always possible, so it comes last. */
function searchCommand(text: Text, { search }: Acts, typed: string): readonly Command[] {
  const query = typed.trim()
  if (query === '') return []
  return [{ id: 'typed-search', name: text.t('palette.searchActivity', { query }), act: () => search(query), isForTyped: true }]
}

/** Every command of the palette, what the typed text asks for first, searching for it last. */
export function commandsFor(text: Text, acts: Acts, typed: string): readonly Command[] {
  const { t } = text
  return [
    ...typedCommands(text, acts, typed),
    ...places.map(({ to, key }, index) => ({
      id: `go-${key}`,
      name: t('palette.goTo', { place: t(`app.${key}`) }),
      act: () => acts.open(to),
      keys: String(index + 1),
    })),
    { id: 'go-settings', name: t('palette.goTo', { place: t('app.settings') }), act: () => acts.open('/settings') },
    {
      id: 'go-security',
      name: `${t('palette.goTo', { place: t('securityCentre.title') })} · ${t('securityCentre.ask')}`,
      act: () => acts.open('/security'),
    },
    { id: 'go-mailbox', name: t('palette.goTo', { place: t('app.mailbox') }), act: () => acts.open('/mailbox') },
    { id: 'hide', name: `${t('app.hideAmounts')} / ${t('app.showAmounts')}`, act: acts.toggleAmounts, keys: 'H' },
    { id: 'lock', name: t('app.lock'), act: acts.lock, keys: keyName('L') },
    ...themes.map(theme => ({
      id: `theme-${theme}`,
      name: t('palette.theme', { name: t(`settings.theme_${theme}`) }),
      act: () => acts.prefer({ theme }),
    })),
    ...Object.entries(localeNames).map(([locale, name]) => ({
      id: `locale-${locale}`,
      name: t('palette.language', { name }),
      act: () => acts.prefer({ locale }),
    })),
    ...searchCommand(text, acts, typed),
  ]
}

/** Whether every word that was typed is in the command's name. Commands made from the typed text always stay. */
export function matches(command: Command, typed: string): boolean {
  if (command.isForTyped) return true
  const name = command.name.toLocaleLowerCase()
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => name.includes(word))
}
