import type { MethodName } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { toDecimal } from '#core/money/amount.ts'
import type { Order } from '#core/payment/order.ts'
import { createOrder } from '#service/features/order/createOrder.ts'
import { compactFeeds } from '#service/feed/compaction.ts'
import { type Asked, type Instance, operatorToken, secondToken } from './machine.ts'
import { type People, signed } from './people.ts'
import { type Act, itemText, type Plan } from './plan.ts'
import { type Random, randomOf } from './random.ts'
import type { Time } from './time.ts'
import type { SimulatedWallet } from './wallet.ts'

/** What a person wanted, and what they were told of it: that must stand, exactly once. */
export type Wish = {
  readonly id: string
  readonly wallet: number
  readonly type: 'payment.confirm' | 'top_up.create' | 'other'
  told: 'nothing' | 'pending' | 'captured' | 'declined' | 'made'
}

export type ActParts = {
  readonly plan: Plan
  readonly people: People
  readonly time: Time
  readonly log: (line: string) => void
  readonly wallet: (n: number) => SimulatedWallet | undefined
  readonly instances: () => readonly (Instance | undefined)[]
  readonly restart: (wallet: number) => void
  /** What is kept of a command, as it is durable; undefined also while somebody writes. */
  readonly keptHolder: (commandId: string) => string | undefined
  readonly onBug: (what: string) => void
}

const dayMs = 86_400_000

type Answer = Envelope<unknown>
const valueIn = (answer: Answer): Record<string, unknown> => (answer.ok ? { ...(answer.value as object) } : {})
const codeOf = (answer: Answer): string => (answer.ok ? 'ok' : answer.code)

/** Plays the people, the shops and the operator. Whoever finds a wallet or the service away tries again a little later. */
export function createActors({ plan, people, time, log, wallet, instances, restart, keptHolder, onBug }: ActParts) {
  const orders = new Map<number, Order>()
  const topUps = new Map<number, string>()
  const wishes = new Map<string, Wish>()
  let underWay = 0

  const pause = (ms: number): Promise<void> => new Promise(done => time.after(ms, done))
  const idsOf = (random: Random) => (): string => uuidV7(time.now(), random.bytes(10))

  async function there<T>(find: () => T | undefined): Promise<T | undefined> {
    for (let tries = 0; tries < 60; tries += 1) {
      const found = find()
      if (found !== undefined) return found
      await pause(1_000)
    }
    return undefined
  }
  const anyInstance = (random: Random): Instance | undefined => {
    const ready = instances().filter(one => one?.process.isAlive() && one.ports())
    return ready[random.int(ready.length)]
  }

  /** Undefined where the wallet ended before it answered: the person knows nothing. */
  async function ask(n: number, method: MethodName, input: object): Promise<Answer | undefined> {
    const life = await there(() => wallet(n))
    if (!life) return undefined
    const answer = await Promise.race([life.ask(method, input), gone(life)])
    if (answer) log(`wallet${n} ${method}: ${codeOf(answer)}`)
    return answer
  }
  async function gone(life: SimulatedWallet): Promise<undefined> {
    while (life.process.isAlive()) await pause(250)
    return undefined
  }

  function wish(id: string, by: number, type: Wish['type']): Wish {
    const made = wishes.get(id) ?? { id, wallet: by, type, told: 'nothing' }
    wishes.set(id, made)
    return made
  }

  function notePayment(of: Wish, answer: Answer | undefined): void {
    if (!answer) return
    const { state } = valueIn(answer)
    if (state !== 'pending' && state !== 'captured' && state !== 'declined') return
    const isNew = state !== 'pending' && (of.told === 'nothing' || of.told === 'pending')
    if (isNew || (state === 'pending' && of.told === 'nothing')) of.told = state
    else if (state !== 'pending' && of.told !== state) onBug(`payment ${of.id} was told as ${of.told} and then as ${state}`)
    else if (state === 'pending' && of.told !== 'pending') onBug(`payment ${of.id} was told as ${of.told} and then as pending`)
  }

  async function pay(by: number, n: number, random: Random, isTwice: boolean): Promise<void> {
    const order = await there(() => orders.get(n))
    if (!order) return
    const slip = await ask(by, 'payments.review', { text: order.code })
    const { total, decline } = slip ? valueIn(slip) : {}
    if (total === undefined || (decline !== null && random.chance(0.5))) return
    const id = idsOf(random)()
    const mine = wish(id, by, 'payment.confirm')
    const input = { id, orderCode: order.code, total, shopId: order.shop.id }
    if (isTwice) void ask(by, 'payments.confirm', input).then(answer => notePayment(mine, answer))
    for (let tries = 0; tries < 3; tries += 1) {
      const answer = await ask(by, 'payments.confirm', input)
      notePayment(mine, answer)
      // Who is told of a fault may say it again, with the same id; who lost the wallet in the middle does not know it any more.
      if (!answer || answer.ok || answer.kind === 'decline') return
      await pause(2_000)
    }
  }

  /** Somebody sends a signed command under an id that is known already, with another body. */
  async function reuseId(by: number, n: number, random: Random): Promise<void> {
    const order = await there(() => orders.get(n))
    const known = [...wishes.keys()].filter(id => keptHolder(id) !== undefined)
    const id = known[random.int(known.length)]
    const device = people.devices[by]
    const instance = anyInstance(random)
    if (!order || id === undefined || !device || !instance) return
    const body = { orderCode: order.code, shopId: 'another shop', total: { currency: order.currency, value: toDecimal(order) } }
    const command = signed(device, { id, type: 'payment.confirm', body, at: time.now() })
    const answered = await instance.answer({ route: 'command', token: device.session.token, input: command }).catch(() => undefined)
    if (!answered || answered.status >= 500) return
    // The clock went on since the token was made: nobody looked at the command.
    if (answered.status === 401 && answered.body.includes('"session_stale"')) return
    if (answered.status !== 422 || !answered.body.includes('"id_reused"'))
      onBug(`the id ${id} was accepted with another body: ${answered.body}`)
  }

  async function makeOrder(act: Extract<Act, { do: 'order' }>, random: Random): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      const ports = anyInstance(random)?.ports()
      const draft = {
        shop: { id: `shop-${act.n % 2}`, name: 'Corner Books', verified: true, sandbox: true },
        ...{ shopReference: `B-${act.n}`, lines: [{ title: 'A book', quantity: 1, minor: BigInt(act.minor) }], currency: act.currency },
        ...{ returnUrl: null, onlyIn: null },
      }
      const order = await ports?.store.write(tx => createOrder(tx, ports, draft, ports.clock())).catch(() => undefined)
      if (order) {
        orders.set(act.n, order)
        return
      }
      await pause(1_000)
    }
  }

  async function topUp(act: Extract<Act, { do: 'top_up' }>, random: Random): Promise<void> {
    const id = idsOf(random)()
    const mine = wish(id, act.wallet, 'top_up.create')
    const amount = { currency: act.currency, value: toDecimal({ currency: act.currency, minor: BigInt(act.minor) }) }
    for (let tries = 0; tries < 3; tries += 1) {
      const answer = await ask(act.wallet, 'topUps.create', { id, amount })
      if (answer?.ok) {
        mine.told = 'made'
        topUps.set(act.n, id)
      }
      if (!answer || answer.ok || answer.kind === 'decline') return
      await pause(3_000)
    }
  }

  /** Until it is answered; that it stands already, or was agreed to already, is an answer too. */
  async function operates(route: 'lockAccount' | 'unlockAccount', token: string, input: Asked['input'], random: Random): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      const answered = await anyInstance(random)
        ?.answer({ route, token, input })
        .catch(() => undefined)
      if (answered && [200, 404, 409].includes(answered.status)) return
      await pause(1_000)
    }
  }

  async function securityHold(act: Extract<Act, { do: 'security_hold' }>, random: Random): Promise<void> {
    const email = people.holders[act.holder]?.email ?? ''
    if (act.isOn) return operates('lockAccount', operatorToken, { email, reason: 'risk' }, random)
    for (const token of [operatorToken, secondToken]) await operates('unlockAccount', token, { email }, random)
  }

  async function transfer(by: number, n: number): Promise<void> {
    const id = await there(() => topUps.get(n))
    for (let tries = 0; id !== undefined && tries < 4; tries += 1) {
      const answer = await ask(by, 'topUps.simulateTransfer', { id })
      if (answer?.ok || (answer && answer.kind === 'decline')) return
      await pause(2_000)
    }
  }

  async function compact(keptRows: number, random: Random): Promise<void> {
    const ports = anyInstance(random)?.ports()
    if (!ports) return
    const config = { ...ports.config, feedKeptDays: 1, feedKeptRows: keptRows }
    await compactFeeds({ ...ports, config, clock: () => ports.clock() + 3 * dayMs }).catch(() => undefined)
  }

  async function run(act: Act, random: Random): Promise<void> {
    const newId = idsOf(random)
    const other = (by: number, method: MethodName, input: { readonly id: string }) => {
      wish(input.id, by, 'other')
      return ask(by, method, input)
    }
    switch (act.do) {
      case 'order':
        return makeOrder(act, random)
      case 'pay':
        return pay(act.wallet, act.n, random, false)
      case 'pay_twice':
        return pay(act.wallet, act.n, random, true)
      case 'reuse_id':
        return reuseId(act.wallet, act.n, random)
      case 'cancel_order': {
        const order = await there(() => orders.get(act.n))
        if (order) await ask(act.wallet, 'payments.cancelOrder', { orderCode: order.code })
        return
      }
      case 'top_up':
        return topUp(act, random)
      case 'transfer':
        return transfer(act.wallet, act.n)
      case 'cancel_top_up': {
        const id = await there(() => topUps.get(act.n))
        if (id !== undefined) await ask(act.wallet, 'topUps.cancel', { id })
        return
      }
      case 'security_hold':
        return securityHold(act, random)
      case 'compact':
        return compact(act.keptRows, random)
      case 'open_currency':
        await ask(act.wallet, 'account.openCurrencies', { currencies: ['CNY'] })
        return
      case 'ask':
        await other(act.wallet, 'support.ask', { id: newId(), about: 'A payment', text: 'Where is it?' } as { id: string })
        return
      case 'raise_limit': {
        const amount = { currency: 'EUR', value: '9000.00' }
        await other(act.wallet, 'limits.askRaise', { id: newId(), kind: 'per_day', amount, reason: 'A car' } as { id: string })
        return
      }
      case 'check':
        await ask(act.wallet, 'provider.check', {})
        return
      case 'look':
        await ask(act.wallet, 'balances.overview', {})
        await ask(act.wallet, 'history.page', { filter: {}, after: null, limit: 50 })
        return
      case 'restart':
        restart(act.wallet)
    }
  }

  return {
    wishes: (): readonly Wish[] => [...wishes.values()],
    orders: (): readonly Order[] => [...orders.values()],
    isIdle: (): boolean => underWay === 0,
    begin(): void {
      for (const item of plan.items) {
        if (item.is !== 'act') continue
        underWay += 1
        time.after(item.at, () => {
          log(`${item.do} ${'wallet' in item ? `by wallet${item.wallet}` : ''}`)
          run(item, randomOf('act', plan.seed, itemText(item)))
            .catch((error: unknown) => onBug(`${item.do}: ${error instanceof Error ? error.stack : String(error)}`))
            .finally(() => {
              underWay -= 1
            })
        })
      }
    },
  }
}

export type Actors = ReturnType<typeof createActors>
