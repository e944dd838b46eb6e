import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Payment, TopUp } from '#contracts/wire/shapes.ts'
import { type EntryToWrite, writeCamt053 } from '#core/rails/bank/writeCamt053.ts'
import { isReference } from '#core/rails/reference.ts'
import { watching } from '#core/risk/ruleSets/watching.ts'
import sandboxBank from '#resources/sandbox-bank.json' with { type: 'json' }
import {
  appPassword,
  cents,
  dataFolder,
  embeddedServicesOf,
  euro,
  euroCents,
  eventually,
  hasEuro,
  newId,
  operatorOf,
  orderOfNoteBooks,
  registers,
  type ServiceProcess,
  startService,
  startWallet,
  type WalletProcess,
  whenServiceIs,
} from '../support/processes.ts'

/** On each side of the campaign. */
const kills = 11
const startMoney = 40_000
/** A wallet gives its service up after five crashes within a minute. */
const mostServiceKillsInARow = 3
const seed = Number(process.env['OKPAY_TEST_SEED'] ?? randomInt(2 ** 31))

/** Mulberry32: the same seed, the same numbers from 0 to 1. */
function numbers(of: number): () => number {
  let state = of
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A wallet and its service, whose processes can be killed and come back. */
type World = {
  wallet(): WalletProcess
  serviceUrl(): string
  /** The folder of the service. */
  readonly serviceFolder: string
  killWallet(): Promise<void>
  killService(): Promise<void>
  /** Starts again what is not there, unlocks, and waits until all is well. */
  recovers(): Promise<void>
}

async function comesBack(folder: string, env: Readonly<Record<string, string>>): Promise<WalletProcess> {
  const wallet = await startWallet(folder, env)
  await wallet.get('app.unlock', { password: appPassword })
  return wallet
}

/** The service as a child of the wallet: it goes with the wallet, and comes back by itself. */
async function embeddedWorld(): Promise<World> {
  const folder = dataFolder('crash')
  let wallet = await startWallet(folder)
  return {
    wallet: () => wallet,
    serviceFolder: join(folder, 'service'),
    serviceUrl: () => operatorOf(join(folder, 'service')).url,
    killWallet: () => wallet.kill(),
    async killService() {
      const [pid] = embeddedServicesOf(folder)
      if (pid === undefined) return
      process.kill(pid, 'SIGKILL')
      await eventually(() => expect(embeddedServicesOf(folder)).not.toContain(pid))
    },
    async recovers() {
      if (wallet.isGone()) {
        await eventually(() => expect(embeddedServicesOf(folder)).toEqual([]))
        wallet = await comesBack(folder, {})
      }
      // The wallet still believes in a service that is gone until it hears of its end.
      await eventually(() => expect(embeddedServicesOf(folder)).toHaveLength(1))
      await whenServiceIs(wallet, 'online')
    },
  }
}

/** The service by itself, at an address of its own. */
async function apartWorld(): Promise<World> {
  const folder = dataFolder('crash')
  const serviceFolder = dataFolder('crash-service')
  let service: ServiceProcess = await startService(serviceFolder)
  const port = Number(new URL(service.url).port)
  const env = { OKPAY_SERVICE_URL: service.url }
  let wallet = await startWallet(folder, env)
  return {
    wallet: () => wallet,
    serviceFolder,
    serviceUrl: () => service.url,
    killWallet: () => wallet.kill(),
    killService: () => service.kill(),
    async recovers() {
      if (service.isGone()) service = await startService(serviceFolder, port)
      if (wallet.isGone()) wallet = await comesBack(folder, env)
      await whenServiceIs(wallet, 'online')
    },
  }
}

/** One wish of a person or an operator, that can be asked again by the same id. */
type Act = {
  readonly name: string
  /** Asks; what it answers is a promise to the person, unless it is undefined. */
  readonly ask: () => Promise<string | undefined>
  /** After the crash: what became of it. `promised` is what was answered before, if anything was. */
  readonly settles: (promised: string | undefined) => Promise<void>
}

/** Nobody pays so fast by hand: the payments are judged, and none is stopped. */
async function watchesOnly({ serviceFolder }: World): Promise<void> {
  const { url, token } = operatorOf(serviceFolder)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ version: watching.version, role: 'active' })
  expect((await fetch(`${url}/v1/operator/risk/rule-sets`, { method: 'POST', headers, body })).status).toBe(200)
}

/** What has to be true of the money, by what was asked and answered. */
type Sums = { credited: number; captured: number; topUps: number; payments: number }

/** Once more after whatever came between: faults pass, and the same id gives the first answer. */
const again = <T>(ask: () => Promise<T>): Promise<T> => eventually(ask)

function createTopUp(world: World, minor: number, sums: Sums, open: TopUp[]): Act {
  const id = newId()
  const create = () => world.wallet().get('topUps.create', { id, amount: euro(minor) })
  return {
    name: 'topUps.create',
    ask: async () => (await create()).reference,
    async settles(promised) {
      const made = await again(create)
      expect((await again(create)).reference).toBe(made.reference)
      if (promised !== undefined) expect(made.reference).toBe(promised)
      expect(made.state).toBe('instructed')
      sums.topUps += 1
      open.push(made)
    },
  }
}

const isCredited = (world: World, { id, amount }: TopUp): Promise<void> =>
  eventually(async () => {
    const { state, credited } = await world.wallet().get('topUps.get', { id })
    expect([state, credited]).toEqual(['credited', amount])
  })

function simulateTransfer(world: World, topUp: TopUp, sums: Sums): Act {
  const simulate = () => world.wallet().ask('topUps.simulateTransfer', { id: topUp.id })
  return {
    name: 'topUps.simulateTransfer',
    ask: async () => {
      await simulate()
      return undefined
    },
    async settles() {
      // The bank books a transfer once: where it came in before the crash there is nothing left to send.
      const answer = await again(async () => {
        const told = await simulate()
        if (!told.ok && told.kind === 'fault') throw new Error(told.code)
        return told
      })
      expect(answer.ok || answer.code).toSatisfy(of => of === true || of === 'top_up_finished')
      await isCredited(world, topUp)
      sums.credited += cents(topUp.amount.value)
    },
  }
}

const receiving = sandboxBank.accounts.find(({ currency }) => currency === 'EUR')?.account ?? ''

/** A bank file with the transfer in the middle of many that are nobody's. */
function bankFile({ reference, amount }: TopUp): string {
  const name = newId().replaceAll('-', '').slice(8)
  const others = Array.from(
    { length: 240 },
    (_, index): EntryToWrite => ({
      amount: { currency: 'EUR', minor: BigInt(100 + index) },
      direction: 'credit',
      bankReference: `O${name.slice(0, 20)}-${index}`,
      bookedOn: '2026-11-20',
      text: `Invoice ${index}`,
      counterpartyName: 'Marta Keller',
    }),
  )
  if (!isReference(reference)) throw new Error(`not a reference: ${reference}`)
  const ours: EntryToWrite = {
    amount: { currency: 'EUR', minor: BigInt(cents(amount.value)) },
    direction: 'credit',
    bankReference: `T${name}`,
    bookedOn: '2026-11-20',
    reference,
    counterpartyName: 'Lin Meihua',
  }
  return writeCamt053({
    messageId: `M${name}`,
    statementId: `S${name}`,
    createdAt: '2026-11-20T18:00:00.000Z',
    fromOn: '2026-11-20',
    toOn: '2026-11-20',
    iban: receiving,
    opening: { currency: 'EUR', minor: 100_000n },
    entries: [...others.slice(0, 120), ours, ...others.slice(120)],
  })
}

function importStatement(world: World, topUp: TopUp, sums: Sums): Act {
  const file = bankFile(topUp)
  const send = async () => {
    const { url, token } = operatorOf(world.serviceFolder)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
    const answer = await fetch(`${url}/v1/operator/statements?file=bank.xml`, { method: 'POST', headers, body: file })
    if (!answer.ok) throw new Error(`the import answered ${answer.status}`)
    return (await answer.json()) as { credited: number; seenBefore: number; waiting: number; refused: string | null }
  }
  return {
    name: 'import-statement',
    ask: async () => String((await send()).credited),
    async settles(promised) {
      if (promised !== undefined) expect(promised).toBe('1')
      const once = await again(send)
      expect(once.refused).toBeNull()
      expect(once.credited + once.seenBefore + once.waiting).toBe(241)
      expect(await again(send)).toMatchObject({ credited: 0, waiting: 0, seenBefore: 241 })
      await isCredited(world, topUp)
      sums.credited += cents(topUp.amount.value)
    },
  }
}

const isAnswered = ({ state }: Payment): boolean => state === 'captured' || state === 'declined'

async function pay(world: World, sums: Sums): Promise<Act> {
  const id = newId()
  const code = await orderOfNoteBooks(world.serviceUrl())
  const slip = await world.wallet().get('payments.review', { text: code })
  const confirm = () =>
    world.wallet().get('payments.confirm', { id, orderCode: slip.order.code, total: slip.total, shopId: slip.order.shop.id })
  return {
    name: 'payments.confirm',
    ask: async () => (await confirm()).state,
    async settles(promised) {
      const known = await world.wallet().ask('payments.get', { id })
      if (known.ok) {
        // It was saved before it was sent: nobody has to ask again.
        await eventually(async () => expect(isAnswered(await world.wallet().get('payments.get', { id }))).toBe(true))
      } else {
        expect([promised, known.code]).toEqual([undefined, 'not_found'])
      }
      const payment = await again(async () => {
        const told = await confirm()
        expect(isAnswered(told), told.state).toBe(true)
        return told
      })
      expect(payment.state).toBe('captured')
      expect((await confirm()).timeline).toEqual(payment.timeline)
      expect((await world.wallet().get('payments.review', { text: code })).decline?.code).toBe('order_already_paid')
      sums.captured += cents(payment.total.value)
      sums.payments += 1
    },
  }
}

async function chooseAct(world: World, sums: Sums, open: TopUp[], random: () => number): Promise<Act> {
  const choice = random()
  const topUp = choice < 0.5 ? open.shift() : undefined
  if (topUp) return choice < 0.25 ? simulateTransfer(world, topUp, sums) : importStatement(world, topUp, sums)
  return choice < 0.65 ? createTopUp(world, 500 + Math.floor(random() * 4_000), sums, open) : pay(world, sums)
}

/** The sums: balance = credited - captured, nothing set aside, and the history tells the same. */
async function addsUp(world: World, { credited, captured, topUps, payments }: Sums): Promise<void> {
  await eventually(async () => expect(await euroCents(world.wallet())).toEqual({ posted: credited - captured, held: 0 }))
  const { rows } = await world.wallet().get('history.page', { filter: {}, after: null, limit: 500 })
  expect(new Set(rows.map(row => row.id)).size).toBe(rows.length)
  expect(rows.filter(row => row.kind === 'top_up')).toHaveLength(topUps)
  expect(rows.filter(row => row.kind === 'payment')).toHaveLength(payments)
  const moved = rows.filter(row => row.state === 'done').reduce((sum, row) => sum + cents(row.amount.value), 0)
  expect(moved).toBe(credited - captured)
  expect((await world.wallet().get('payments.pending', {})).payments).toEqual([])
}

/** Kills one side at a moment within an act, again and again, and looks at what is left each time. */
async function campaign(world: World, random: () => number): Promise<void> {
  await registers(world.wallet())
  await hasEuro(world.wallet(), (startMoney / 100).toFixed(2))
  await watchesOnly(world)
  const sums: Sums = { credited: startMoney, captured: 0, topUps: 1, payments: 0 }
  const open: TopUp[] = []
  for (const _ of [1, 2, 3]) await createTopUp(world, 1_000, sums, open).settles(undefined)
  let inARow = 0
  for (let kill = 1; kill <= kills; kill += 1) {
    const act = await chooseAct(world, sums, open, random)
    const isWallet = random() < 0.5 || inARow === mostServiceKillsInARow
    inARow = isWallet ? 0 : inARow + 1
    const afterMs = Math.floor(random() ** 2 * (act.name === 'import-statement' ? 160 : 60))
    const told = `kill ${kill} of ${isWallet ? 'the wallet' : 'the service'}, ${afterMs} ms into ${act.name}, seed ${seed}`
    const asked = act.ask().catch(() => undefined)
    await wait(afterMs)
    await (isWallet ? world.killWallet() : world.killService())
    const promised = await asked
    try {
      await world.recovers()
      await act.settles(promised)
      await addsUp(world, sums)
    } catch (cause) {
      throw new Error(`${told}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
  expect(sums.payments + sums.topUps).toBeGreaterThan(4)
}

describe.skipIf(process.platform === 'win32')(
  'kill -9 in the middle of a top-up or a payment doubles nothing and loses nothing (signals: not on Windows)',
  () => {
    test('with the service that the wallet starts', { timeout: 240_000 }, async () => {
      process.stdout.write(`kill -9 campaign with the embedded service: seed ${seed}\n`)
      await campaign(await embeddedWorld(), numbers(seed))
    })

    test('with a service that runs by itself', { timeout: 240_000 }, async () => {
      process.stdout.write(`kill -9 campaign with a service apart: seed ${seed}\n`)
      await campaign(await apartWorld(), numbers(seed + 1))
    })
  },
)
