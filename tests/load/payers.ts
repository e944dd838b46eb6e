import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { signedText } from '#contracts/service/signing.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { limitKinds } from '#core/limits/policy.ts'
import type { Order } from '#core/payment/order.ts'
import { watching } from '#core/risk/ruleSets/watching.ts'
import { tokenHash } from '#service/sessions.ts'
import type { ServiceStore, Tx } from '#storage/serviceStore.ts'
import { type BookPlace, openBook } from './books.ts'

type Payer = { readonly id: string; readonly deviceId: string; readonly token: string; readonly key: KeyObject }

/** One signed payment, ready to be sent. */
export type SignedPayment = { readonly token: string; readonly body: string }

const newId = (): string => uuidV7(Date.now(), randomBytes(10))
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeOf = (n: number): string => Array.from({ length: 8 }, (_, at) => digits[Math.floor(n / 32 ** (7 - at)) % 32]).join('')

async function addPayer(tx: Tx, at: number): Promise<Payer> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const payer = { id: newId(), deviceId: newId(), token: randomBytes(32).toString('base64url'), key: privateKey }
  const email = `${payer.id}@example.org`
  await tx.holders.add({
    ...{ id: payer.id, email, emailKey: email, name: 'Ana Li', country: 'DE', bornOn: null, timeZone: 'Europe/Berlin', locale: 'en' },
    ...{ passwordHash: 'none', registeredAt: at, securityHoldSince: null, tier: 'email' as const, heldDay: null, heldDayEndsAt: null },
  })
  await tx.devices.add({
    id: payer.deviceId,
    holderId: payer.id,
    publicKey: x,
    name: 'Bench',
    installation: null,
    system: 'Linux',
    addedAt: at,
    revokedAt: null,
    usedAt: at,
    country: null,
  })
  const times = { startedAt: at, endedAt: null, madeAt: at, replacedAt: null }
  await tx.sessions.add({ tokenHash: tokenHash(payer.token), holderId: payer.id, deviceId: payer.deviceId, ...times })
  for (const kind of limitKinds)
    await tx.limits.save({ holderId: payer.id, kind, eurMinor: 10n ** 12n, own: null, waiting: null, requested: null, answered: null })
  const account = `holder:${payer.id}:EUR` as const
  await tx.ledger.post({ id: newId(), at, type: 'open', account })
  await tx.ledger.post({
    ...{ id: newId(), at, type: 'post', kind: 'top_up', subject: newId(), effectiveAt: at },
    legs: [
      { account, minor: 10n ** 9n },
      { account: 'rail:sandbox_bank:EUR', minor: -(10n ** 9n) },
    ],
  })
  return payer
}

function orderOf(n: number, shop: string, minor: bigint, at: number): Order {
  return {
    ...{ id: newId(), code: codeOf(n + 1), state: 'open', shopReference: `R${n}`, currency: 'EUR', minor, createdAt: at },
    shop: { id: shop, name: 'Corner shop', verified: true, sandbox: false },
    lines: [{ title: 'Tea', quantity: 1, minor }],
    ...{ expiresAt: at + 86_400_000, returnUrl: null, onlyIn: null, paymentId: null, timeline: [{ state: 'open', at }] },
  }
}

function paymentOf({ deviceId, token, key }: Payer, { code, shop }: Order, serviceId: string, at: number): SignedPayment {
  const body = { orderCode: code, shopId: shop.id, total: { currency: 'EUR', value: '2.50' } }
  const wish = { id: newId(), type: 'payment.confirm', body, madeAt: new Date(at).toISOString() } as const
  const signature = sign(null, Buffer.from(signedText(serviceId, deviceId, wish)), key).toString('base64url')
  return { token, body: JSON.stringify({ ...wish, signature }) }
}

type Orders = { readonly shops: readonly string[]; readonly count: number; readonly minor: bigint; readonly first?: number }

/** Adds open orders in euro of the shops by turns; `first` tells those of one call from those of another. */
export async function addOrders(store: ServiceStore, { shops, count, minor, first = 0 }: Orders): Promise<readonly Order[]> {
  const at = Date.now()
  const orders = Array.from({ length: count }, (_, n) => orderOf(first + n, shops[n % shops.length] ?? '', minor, at))
  for (let n = 0; n < orders.length; n += 500)
    await store.write(async tx => {
      for (const order of orders.slice(n, n + 500)) await tx.orders.add(order)
    })
  return orders
}

/** Makes a service's book with payers who have money and orders of some shops. Gives the payments once the service's id is known. */
export async function makePayments(place: BookPlace, payers: number, shops: readonly string[], count: number) {
  const at = Date.now()
  const store = await openBook(place)
  await store.write(tx => tx.ledger.post({ id: newId(), at, type: 'open', account: 'rail:sandbox_bank:EUR' }))
  const people = await store.write(async tx => {
    const made: Payer[] = []
    // Nobody pays hundreds of times a minute by hand: these payments are judged as any, and none is stopped.
    await tx.riskCases.use('active', watching.version)
    for (let n = 0; n < payers; n += 1) made.push(await addPayer(tx, at))
    return made
  })
  const orders = await addOrders(store, { shops, count, minor: 250n })
  await store.close()
  return (serviceId: string): readonly SignedPayment[] =>
    orders.flatMap((order, n) => {
      const payer = people[n % people.length]
      return payer ? [paymentOf(payer, order, serviceId, at)] : []
    })
}
