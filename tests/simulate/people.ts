import type { CommandBody, CommandType } from '#contracts/service/commands.ts'
import type { RouteName } from '#contracts/service/index.ts'
import { signedText } from '#contracts/service/signing.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import type { Session } from '#main/sync/signedIn.ts'
import { deviceKey } from '#main/vault/deviceKey.ts'
import type { ServicePorts } from '#service/ports.ts'
import { openHolder, startSession } from '#service/sessions.ts'
import { profileWire } from '#service/wires.ts'
import type { Holder } from '#storage/serviceStore.ts'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { serviceStoreOn } from '#storage/sqlite/service/index.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import { type Instance, startInstance } from './machine.ts'
import { createProcesses } from './process.ts'
import { randomOf } from './random.ts'
import { withSeededSystem } from './system.ts'
import { createTime, type Time } from './time.ts'

/** A Sunday at noon in Shanghai, twenty hours before the day of anybody here begins anew. */
export const startsAt = Date.parse('2026-11-22T04:00:00.000Z')

export type Device = { readonly holder: number; readonly seed: Uint8Array; readonly session: Session; readonly book: Database }

/** Where every run begins: two people, the first with two devices, each with 100.00 EUR that came by a bank; a service, and books that know nothing yet. */
export type People = { readonly holders: readonly Holder[]; readonly devices: readonly Device[]; readonly book: Database }

const holderOf = (n: number): Holder => ({
  id: uuidV7(startsAt - 1_000_000 + n, randomOf('holder', n).bytes(10)),
  ...{ email: `person${n}@okpay.example`, emailKey: `person${n}@okpay.example`, name: n === 0 ? 'Lin Wei' : 'Ana Keller' },
  ...{ country: n === 0 ? 'SG' : 'DE', bornOn: null, timeZone: n === 0 ? 'Asia/Singapore' : 'Europe/Berlin', locale: 'en' },
  ...{ passwordHash: 'none', registeredAt: startsAt, securityHoldSince: null, tier: 'email' as const, heldDay: null, heldDayEndsAt: null },
})

const owners = [0, 0, 1] as const

/** A command as the device of that session signs it. */
export function signed<T extends CommandType>(
  { session, seed }: Pick<Device, 'session' | 'seed'>,
  { id, type, body, at }: { readonly id: string; readonly type: T; readonly body: CommandBody<T>; readonly at: number },
) {
  const unsigned = { id, type, body: { ...body }, madeAt: new Date(at).toISOString() }
  const signature = deviceKey(seed, session.keyId).sign(signedText(session.serviceId, session.deviceId, unsigned))
  return { ...unsigned, signature }
}

const emptyBook = (application: 'wallet' | 'service'): Database => {
  const migrations = application === 'wallet' ? walletMigrations : [...ledgerMigrations, ...serviceMigrations]
  return openDatabase({ path: ':memory:', key: null, migrations, application })
}

async function call(instance: Instance, route: RouteName, token: string, input: object): Promise<Record<string, unknown>> {
  const { status, body } = await instance.answer({ route, token, input: { ...input } })
  if (status !== 200) throw new Error(`${route}: ${status} ${body}`)
  return JSON.parse(body)
}

async function signIn(ports: ServicePorts, holders: readonly Holder[]): Promise<Omit<Device, 'book'>[]> {
  await ports.store.write(async tx => {
    for (const holder of holders) await openHolder(tx, holder, startsAt)
  })
  const devices: Omit<Device, 'book'>[] = []
  for (const [n, owner] of owners.entries()) {
    const holder = holders[owner]
    if (!holder) continue
    const seed = randomOf('device', n).bytes(32)
    const keyId = `key-${n}`
    const device = { publicKey: deviceKey(seed, keyId).publicKey, name: `Device ${n}`, system: 'simulated' }
    const { token, deviceId } = await ports.store.write(tx => startSession(tx, ports, holder, device, startsAt))
    devices.push({ holder: owner, seed, session: { token, deviceId, keyId, serviceId: ports.identity.serviceId, holderId: holder.id } })
  }
  return devices
}

/** By the service's own ways: the currency is opened, the transfer announced, and the bank's file imported. */
async function fund(instance: Instance, device: Omit<Device, 'book'>, n: number): Promise<void> {
  const { token } = device.session
  const id = (what: string): string => uuidV7(startsAt, randomOf('fund', n, what).bytes(10))
  const open = signed(device, { id: id('open'), type: 'currencies.open', body: { currencies: ['EUR'] }, at: startsAt })
  await call(instance, 'command', token, open)
  const body = { amount: { currency: 'EUR' as const, value: '100.00' } }
  await call(instance, 'command', token, signed(device, { id: id('top-up'), type: 'top_up.create', body, at: startsAt }))
  await call(instance, 'simulateTransfer', token, { id: id('top-up') })
}

function walletBook({ session, holder }: Omit<Device, 'book'>, holders: readonly Holder[]): Database {
  const db = emptyBook('wallet')
  const book = createWalletBook(db)
  const profile = holders[holder]
  book.keepSetting('session', JSON.stringify(session))
  if (!profile) return db
  const json = JSON.stringify(profileWire(profile))
  book.applyFeed({ after: 0, until: 0, changes: [{ type: 'document', kind: 'profile', id: profile.id, json, at: startsAt }] })
  return db
}

/** Made once: each run rewinds the books to here. */
export function makePeople(): Promise<People> {
  const time = createTime(startsAt)
  return withSeededSystem(0, time, () => settle(time))
}

async function settle(time: Time): Promise<People> {
  const plan = { seed: 0, instances: 1, wallets: 2, hasSockets: false, lagMs: 1, items: [] } as const
  const processes = createProcesses({ plan, time, log: () => undefined, onCrash: () => undefined })
  const process = processes.begin('instance0')
  const book = emptyBook('service')
  const instance = startInstance({
    process,
    store: serviceStoreOn(book),
    mailer: { deliveredBy: 'smtp', send: async () => undefined },
    onBug: what => {
      throw new Error(what)
    },
  })
  const holders = [holderOf(0), holderOf(1)]
  await time.runUntil(() => instance.ports() !== undefined)
  const ports = instance.ports()
  if (!ports) throw new Error('the service has not begun')
  const prepare = async (): Promise<readonly Omit<Device, 'book'>[]> => {
    const made = await signIn(ports, holders)
    for (const [n, device] of made.entries()) if (n !== 1) await fund(instance, device, n)
    return made
  }
  let isReady = false
  const preparing = prepare().finally(() => {
    isReady = true
  })
  await time.runUntil(() => isReady)
  const devices = await preparing
  process.end()
  // Whatever went on by itself finds its end.
  await time.runUntil(() => !book.inTransaction())
  return { holders, book, devices: devices.map(device => ({ ...device, book: walletBook(device, holders) })) }
}
