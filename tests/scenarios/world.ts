import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Payment } from '#contracts/wire/shapes.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { parseDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { Order } from '#core/payment/order.ts'
import { createOrder } from '#service/features/order/createOrder.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { startTestService, type TestService, type TestServiceOptions } from '../support/service.ts'
import { type TestWallet, testWallet } from '../support/wallet.ts'

const accountPassword = 'a quiet violet engine hums'

export const newId = (): string => uuidV7(Date.now(), randomBytes(10))

/** Asks until it is so. */
export const soon = <T>(check: () => Promise<T> | T): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 10 })

/** A person with a wallet. */
export type Person = TestWallet & {
  readonly email: string
  registers(): Promise<void>
  signsIn(email: string): Promise<void>
  /** Opens the currency, announces a transfer, and lets the sandbox's bank send it. */
  has(currency: CurrencyCode, value: string): Promise<void>
  nowHas(currency: CurrencyCode, value: string): Promise<void>
  /** Looks at the slip and confirms it; the id is the person's own, so that the same wish can be sent again. */
  confirms(order: Order, id?: string): Promise<Payment>
  payment(id: string): Promise<Payment>
}

let people = 0

/** A new wallet of a service, in this process or another. */
export async function person(service: Pick<TestService, 'url'>, clock: TestClock): Promise<Person> {
  people += 1
  const wallet = await testWallet({ service: service.url, clock })
  const email = `person${people}@example.org`
  await wallet.get('app.create', { password: null, service: { mode: 'sandbox' } })
  return {
    ...wallet,
    email,
    async registers() {
      const { registrationId } = await wallet.get('account.register', { email })
      const code = await soon(async () => {
        const { mails } = await wallet.get('account.mailbox', {})
        const found = /\b(\d{3}) ?(\d{3})\b/.exec(mails.find(mail => mail.to === email)?.text ?? '')
        expect(found).not.toBeNull()
        return `${found?.[1]}${found?.[2]}`
      })
      await wallet.get('account.verifyCode', { registrationId, code })
      await wallet.get('account.complete', { registrationId, name: 'Lin Meihua', country: 'DE', bornOn: null, password: accountPassword })
    },
    async signsIn(other) {
      await wallet.get('account.signIn', { email: other, password: accountPassword })
    },
    async has(currency, value) {
      await wallet.get('account.openCurrencies', { currencies: [currency] })
      const topUp = await wallet.get('topUps.create', { id: newId(), amount: { currency, value } })
      await wallet.get('topUps.simulateTransfer', { id: topUp.id })
      await soon(async () => expect((await wallet.get('topUps.get', { id: topUp.id })).state).toBe('credited'))
    },
    nowHas: (currency, value) =>
      soon(async () => {
        const { balances } = await wallet.get('balances.overview', {})
        const found = balances.find(balance => balance.currency === currency)
        expect([found?.available.value, found?.held.value]).toEqual([value, expect.stringMatching(/^0(\.0+)?$/)])
      }),
    async confirms(order, id = newId()) {
      const slip = await wallet.get('payments.review', { text: order.code })
      return wallet.get('payments.confirm', { id, orderCode: slip.order.code, total: slip.total, shopId: slip.order.shop.id })
    },
    payment: id => wallet.get('payments.get', { id }),
  }
}

export type World = {
  readonly alice: Person
  readonly bob: Person
  /** One more wallet, of nobody yet. */
  another(options?: { readonly clock: TestClock }): Promise<Person>
  readonly service: TestService
  readonly clock: TestClock
  readonly shop: {
    asks(currency: CurrencyCode, value: string): Promise<Order>
    wasPaidOnce(order: Order): Promise<void>
    wasNotPaid(order: Order): Promise<void>
  }
}

function shopOf(service: TestService): World['shop'] {
  const stateOf = (order: Order) =>
    service.ports.store.read(async tx => {
      const now = await tx.orders.findByCode(order.code)
      const account = await tx.ledger.account(`merchant:${order.shop.id}:${order.currency}`)
      return { state: now?.state, receipts: account?.version ?? 0 }
    })
  return {
    asks(currency, value) {
      const asked = parseDecimal(currency, value)
      if (!asked) throw new Error(`not an amount: ${value}`)
      const { ports } = service
      const shop = { id: `shop-${newId()}`, name: 'Lumen Books', verified: true, sandbox: true }
      const lines = [{ title: 'A history of tea 茶的历史', quantity: 1, minor: asked.minor }]
      const draft = { shop, shopReference: 'LB-1', lines, currency, returnUrl: null, onlyIn: null }
      return ports.store.write(tx => createOrder(tx, ports, draft, ports.clock()))
    },
    wasPaidOnce: order => soon(async () => expect(await stateOf(order)).toEqual({ state: 'paid', receipts: 1 })),
    async wasNotPaid(order) {
      expect((await stateOf(order)).receipts).toBe(0)
    },
  }
}

/** Two registered people, a shop and the service. */
export async function story(tell: (world: World) => Promise<void>, options: Pick<TestServiceOptions, 'config'> = {}): Promise<void> {
  const clock = testClock()
  const service = await startTestService({ clock: clock.now, ...options })
  const everybody: Person[] = []
  const another: World['another'] = async options => {
    const one = await person(service, options?.clock ?? clock)
    everybody.push(one)
    return one
  }
  try {
    const alice = await another()
    const bob = await another()
    await alice.registers()
    await bob.registers()
    await tell({ alice, bob, another, service, clock, shop: shopOf(service) })
  } finally {
    for (const one of everybody) await one.close()
    await service.stop()
  }
}

/** A story as a test. */
export function scenario(name: string, tell: (world: World) => Promise<void>, options: Pick<TestServiceOptions, 'config'> = {}): void {
  test(name, () => story(tell, options))
}

/** Everything that a wallet wrote in plain text into its folder. */
export async function readFolder(dir: string, names: readonly string[]): Promise<string> {
  const texts = await Promise.all(names.map(name => readFile(join(dir, name), 'latin1').catch(() => '')))
  return texts.join('\n')
}
