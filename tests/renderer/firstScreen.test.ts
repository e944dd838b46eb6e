import { describe, expect, test } from 'vitest'
import type { AppState } from '#contracts/bridge/app.ts'
import type { Ask } from '#contracts/bridge/firstScreen.ts'
import { drawFirstScreen } from '#renderer/firstScreen.tsx'

const open: AppState = {
  phase: 'unlocked',
  shell: 'loopback',
  version: '0.1.0',
  locale: 'en',
  theme: 'system',
  homeCurrency: 'EUR',
  hideAmounts: false,
  lockOnHide: false,
  recoveryKit: 'made',
  keychain: { kind: 'none', passwordRequired: true },
  hasPassword: true,
  service: { mode: 'sandbox', address: null, isSandbox: true, status: 'online', restartedAt: null, shopUrl: null },
  signedIn: true,
  sessionExpired: false,
  waitUntil: null,
  unreadable: null,
}
const euros = { currency: 'EUR', value: '123.45' } as const
const none = { currency: 'EUR', value: '0.00' } as const

/** A wallet that stands as told and refuses everything while it is closed. */
function walletIn(state: Partial<AppState>): Ask {
  const now = { ...open, ...state }
  const answers: Record<string, unknown> = {
    'balances.overview': {
      balances: [{ currency: 'EUR', posted: euros, held: none, available: euros }],
      total: { amount: euros, excluded: [], rates: { on: '2026-11-20', origin: 'live' } },
    },
    'history.page': { rows: [], next: null, count: { value: 0, exact: true } },
    'account.profile': {
      holderId: 'h',
      email: 'lin@example.org',
      name: '<b>Lin</b>',
      country: 'DE',
      registeredAt: '2026-11-01T00:00:00.000Z',
      securityHoldSince: null,
    },
    'topUps.list': { topUps: [] },
    'payments.pending': { payments: [] },
  }
  const answer = async (method: string) => {
    if (method === 'app.state') return { ok: true, value: now }
    if (now.phase !== 'unlocked' || !now.signedIn) return { ok: false, kind: 'decline', code: 'wallet_locked', detail: {} }
    return { ok: true, value: answers[method] }
  }
  return answer as Ask
}

const wordsOf = (html = '') => html.replaceAll(/<[^>]*>/g, '')

describe('the first screen, drawn by the wallet', () => {
  test('shows the balances in the language of the wallet', async () => {
    const english = await drawFirstScreen(walletIn({}))
    expect(english).toMatchObject({ lang: 'en', dir: 'ltr', theme: 'system' })
    expect(await english?.html).toMatch(/^<div id="first" inert="">/)
    expect(wordsOf(await english?.html)).toContain('123.45')
    const chinese = await drawFirstScreen(walletIn({ locale: 'zh-CN', theme: 'dark' }))
    expect(chinese).toMatchObject({ lang: 'zh-CN', theme: 'dark' })
    expect(await chinese?.html).toContain('账目')
  })

  test('shows the numbers of its own moment, however often it was drawn before', async () => {
    const drawn = async (value: string) => {
      const known = walletIn({})
      const ask = (async (method: never, input: never) => {
        const answer = await known(method, input)
        return method === 'balances.overview' ? JSON.parse(JSON.stringify(answer).replaceAll('123.45', value)) : answer
      }) as Ask
      const screen = await drawFirstScreen(ask)
      return await screen?.html
    }
    const first = await drawn('123.45')
    const second = await drawn('67.89')
    expect(wordsOf(first)).toContain('123.45')
    expect(wordsOf(second)).toContain('67.89')
    expect(wordsOf(second)).not.toContain('123.45')
    expect(await drawn('123.45')).toBe(first)
  })

  test('keeps hidden amounts hidden', async () => {
    const drawn = await drawFirstScreen(walletIn({ hideAmounts: true }))
    expect(await drawn?.html).toContain('EUR')
    expect(wordsOf(await drawn?.html)).not.toMatch(/123/)
  })

  test.each<Partial<AppState>>([{ phase: 'locked' }, { phase: 'first_run' }, { phase: 'unreadable' }, { signedIn: false }])(
    'is none where the wallet is %o',
    async state => {
      expect(await drawFirstScreen(walletIn(state))).toBeUndefined()
    },
  )

  test('is empty where the wallet locks meanwhile', async () => {
    const ask = walletIn({})
    const closing = (async (method: never, input: never) =>
      method === 'app.state' ? ask(method, input) : { ok: false, kind: 'decline', code: 'wallet_locked', detail: {} }) as Ask
    const drawn = await drawFirstScreen(closing)
    expect(await drawn?.html).toBe('')
  })
})
