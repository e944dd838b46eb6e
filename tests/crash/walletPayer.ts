import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import type { Order } from '#core/payment/order.ts'
import { startWallet, type WalletProcess } from './wallet.ts'

const lines = 3
export const appPassword = 'seven lamps over quiet harbour'
const startMoney = '1000.00'
const patienceMs = 60_000

/**
 * One wish to pay. `unknown`: it was asked, and the wallet was gone before it answered. `saved`: the wallet said or showed that it is on disk: it will be sent
 * without anybody asking again. `captured`: the person saw that it is paid.
 */
type Wish = { readonly id: string; readonly order: Order; state: 'open' | 'unknown' | 'saved' | 'captured' }

type Payer = {
  readonly folder: string
  readonly serviceUrl: string
  readonly orders: readonly Order[]
  readonly random: () => number
  readonly say: (violation: string) => void
}

export type WalletPayer = {
  /** Sees to it that so many orders wait to be paid. */
  fill(count: number): void
  /** Until the wallet has told of another payment. */
  news(): Promise<void>
  kill(): Promise<void>
  /** Waits until everything is resolved, and looks at all of it. @returns what the wallet says that this holder has, and how many payments it made. */
  finish(): Promise<{ readonly holderId: string; readonly postedMinor: bigint; readonly payments: number }>
  close(): Promise<void>
}

const newId = (): string => uuidV7(Date.now(), randomBytes(10))
const minorOf = (value: string): bigint => BigInt(value.replace('.', ''))

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + patienceMs; ; await pause(50)) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`)
  }
}

/** A new wallet whose person registers by the sandbox's mailbox and has money by its bank. */
async function register(wallet: WalletProcess, address: string): Promise<string> {
  const email = `person-${newId()}@example.org`
  await wallet.get('app.create', { password: appPassword, service: { mode: 'address', address } })
  await until('the service is online', async () => ((await wallet.get('app.state', {})).service.status === 'online' ? true : undefined))
  const { registrationId } = await wallet.get('account.register', { email })
  const code = await until('the code came', async () => {
    const { mails } = await wallet.get('account.mailbox', {})
    return /\b(\d{3}) ?(\d{3})\b/
      .exec(mails.find(mail => mail.to === email)?.text ?? '')
      ?.slice(1)
      .join('')
  })
  await wallet.get('account.verifyCode', { registrationId, code })
  const password = 'a quiet violet engine hums'
  const { holderId } = await wallet.get('account.complete', { registrationId, name: 'Lin Meihua', country: 'DE', bornOn: null, password })
  await wallet.get('account.openCurrencies', { currencies: ['EUR'] })
  const { id } = await wallet.get('topUps.create', { id: newId(), amount: { currency: 'EUR', value: startMoney } })
  await wallet.get('topUps.simulateTransfer', { id })
  await until('the money came', async () => ((await wallet.get('topUps.get', { id })).state === 'credited' ? true : undefined))
  return holderId
}

/** A person who pays order after order with a wallet that is killed. */
export async function startWalletPayer({ folder, serviceUrl, orders, random, say }: Payer): Promise<WalletPayer> {
  let wallet = await startWallet(folder, serviceUrl)
  const holderId = await register(wallet, serviceUrl)
  const wishes = orders.map((order): Wish => ({ id: newId(), order, state: 'open' }))
  const waiting: Wish[] = []
  let isOver = false
  let begun = 0
  let told = 0

  async function confirm({ id, order }: Wish): Promise<Wish['state']> {
    const total = { currency: order.currency, value: (Number(order.minor) / 100).toFixed(2) }
    const answer = await wallet.ask('payments.confirm', { id, orderCode: order.code, total, shopId: order.shop.id })
    if (!answer.ok && answer.kind === 'fault') return 'open'
    if (answer.ok && answer.value.state === 'captured') return 'captured'
    if (answer.ok && answer.value.state === 'pending') return 'saved'
    say(`the wallet was answered otherwise: ${JSON.stringify(answer)}`)
    return 'captured'
  }

  /** What is on disk is sent by itself; what is not was never sent, and is asked again. */
  async function look({ id }: Wish): Promise<Wish['state']> {
    const answer = await wallet.ask('payments.get', { id })
    if (answer.ok) return 'saved'
    return answer.kind === 'decline' && answer.code === 'not_found' ? 'open' : 'unknown'
  }

  async function line(): Promise<void> {
    for (;;) {
      const wish = waiting.shift()
      if (!wish) {
        if (isOver) return
        await pause(20)
        continue
      }
      try {
        wish.state = await (wish.state === 'unknown' ? look(wish) : confirm(wish))
        if (wish.state === 'captured') told += 1
      } catch {
        wish.state = 'unknown'
      }
      if (wish.state !== 'open' && wish.state !== 'unknown') continue
      waiting.unshift(wish)
      await pause(20)
    }
  }

  const paid = async ({ id }: Wish): Promise<true | undefined> => {
    const { state } = await wallet.get('payments.get', { id })
    if (state === 'captured') return true
    if (state !== 'pending' && state !== 'held') say(`payment ${id} became ${state}`)
    return undefined
  }

  async function comeBack(): Promise<void> {
    wallet = await startWallet(folder, serviceUrl)
    await wallet.get('app.unlock', { password: appPassword })
    for (const wish of wishes.filter(({ state }) => state === 'captured').slice(-5))
      if (!(await paid(wish))) say(`payment ${wish.id} was told as captured, and is not after the kill`)
    const { mismatch } = await wallet.get('provider.state', {})
    if (mismatch) say(`after a kill the wallet finds that the books do not add up: ${JSON.stringify(mismatch)}`)
  }

  async function history(): Promise<readonly string[]> {
    const ids: string[] = []
    for (let after: string | null = null; ; ) {
      const page: { rows: readonly { id: string; state: string }[]; next: string | null } = await wallet.get('history.page', {
        filter: { kinds: ['payment'] },
        after,
        limit: 500,
      })
      for (const { id, state } of page.rows) if (state === 'done') ids.push(id)
      after = page.next
      if (after === null) return ids
    }
  }

  const running = Array.from({ length: lines }, line)
  return {
    fill(count) {
      const more = wishes.slice(begun, begun + Math.max(0, count - waiting.length))
      waiting.push(...more)
      begun += more.length
    },
    async news() {
      const [before, end] = [told, Date.now() + patienceMs]
      while (told === before) {
        if (Date.now() > end) return say('the wallet told of no payment for a minute')
        await pause(5)
      }
    },
    async kill() {
      await wallet.kill()
      // Now and then it dies again while it starts, opens its book or is unlocked.
      if (random() < 0.15) {
        const early = await startWallet(folder, serviceUrl, random() * 900).catch(() => undefined)
        await early?.ask('app.unlock', { password: appPassword }).catch(() => undefined)
        await pause(random() * 100)
        await early?.kill()
      }
      await comeBack()
    },
    async finish() {
      isOver = true
      await Promise.all(running)
      const mine = wishes.slice(0, begun)
      for (const wish of mine) await until(`payment ${wish.id} is captured`, () => paid(wish))
      const { payments } = await wallet.get('payments.pending', {})
      if (payments.length > 0) say(`${payments.length} payments are left as pending`)
      const { verified, mismatch, earlier } = await wallet.get('provider.check', {})
      if (mismatch || earlier.length > 0) say(`the wallet found that the books do not add up: ${JSON.stringify(mismatch ?? earlier)}`)
      const rows = await history()
      if (rows.length !== mine.length || new Set(rows).size !== rows.length)
        say(`the history has ${rows.length} payments, ${new Set(rows).size} apart, of ${mine.length}`)
      const { balances } = await wallet.get('balances.overview', {})
      const euro = balances.find(({ currency }) => currency === 'EUR')
      if (euro && minorOf(euro.held.value) !== 0n) say(`the wallet shows ${euro.held.value} as set aside`)
      if (!verified || verified.movements !== mine.length + 1)
        say(`the wallet verified ${verified?.movements ?? 0} movements of ${mine.length + 1}`)
      return { holderId, postedMinor: minorOf(euro?.posted.value ?? '0'), payments: mine.length }
    },
    close: () => wallet.kill(),
  }
}
