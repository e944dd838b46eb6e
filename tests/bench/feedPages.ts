import { generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeedEvent, FeedPage, SignedHeads } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import type { AmountWire } from '#contracts/wire/scalars.ts'
import type { BalanceWire, Payment, PostingWire, TopUp } from '#contracts/wire/shapes.ts'
import { toDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { BalanceRow, FeedChange, MirroredPosting, MovementRow } from '#core/wallet/store.ts'
import { keyIdOf } from '#service/identity.ts'
import { movementMaker } from './wallet.ts'

export const benchHolder = '019a0000-0000-7000-8000-000000000001'

/** What a wallet must know to read the pages: the number of rows, and the key that signed the last one's heads. */
export type ToldFeed = { readonly rows: number; readonly serviceId: string; readonly publicKey: string }

const iso = (at: number): string => new Date(at).toISOString()
const amount = (currency: CurrencyCode, minor: bigint): AmountWire => ({ currency, value: toDecimal({ currency, minor }) })

const postingWire = ({ effectiveAt, recordedAt, legs, ...posting }: MirroredPosting): PostingWire => ({
  ...posting,
  kind: posting.kind as PostingWire['kind'],
  effectiveAt: iso(effectiveAt),
  recordedAt: iso(recordedAt),
  legs: legs.map(({ account, currency, minor, version, chain, own, label }) => ({
    ...{ account, amount: amount(currency, minor), version, chain, own, label },
  })),
})

const balanceWire = ({ currency, postedMinor }: BalanceRow): BalanceWire => {
  const posted = amount(currency, postedMinor)
  return { currency, posted, held: amount(currency, 0n), available: posted }
}

function paymentOf({ id, at, title, reference, currency, minor, feeMinor }: MovementRow): Payment {
  const whole = amount(currency, -minor)
  const price = amount(currency, -minor - feeMinor)
  return {
    id,
    state: 'captured',
    order: {
      id,
      code: 'K7F39QTX',
      state: 'paid',
      shop: { id: 'shop', name: title, verified: true, sandbox: true },
      shopReference: reference,
      lines: [{ title: `${title}: what was bought`, quantity: 1, amount: price }],
      amount: price,
      createdAt: iso(at),
      expiresAt: iso(at + 900_000),
      returnUrl: null,
    },
    amount: price,
    fee: amount(currency, feeMinor),
    total: whole,
    balanceAfter: null,
    decline: null,
    timeline: (['confirmed', 'held', 'captured'] as const).map(state => ({ state, at: iso(at) })),
  }
}

function topUpOf({ id, at, title, reference, currency, minor }: MovementRow): TopUp {
  const whole = amount(currency, minor)
  return {
    id,
    state: 'credited',
    method: 'bank',
    amount: whole,
    fee: amount(currency, 0n),
    credited: whole,
    reference,
    instructions: { accountHolder: 'OKPAY', account: 'DE00', bic: 'X', bankName: title, scheme: 'SEPA', epcPayload: null },
    expectedBy: iso(at),
    expiresAt: iso(at),
    problem: null,
    timeline: (['instructed', 'credited'] as const).map(state => ({ state, at: iso(at) })),
  }
}

/** Of two events of a movement, one brings its posting and balance, the other the payment or top-up. */
function eventsOf(changes: readonly FeedChange[]): readonly FeedEvent[] {
  const posting = changes.find(change => change.type === 'posting')?.posting
  const balance = changes.find(change => change.type === 'balance')?.balance
  const movement = changes.find(change => change.type === 'movement')?.movement
  if (!posting || !balance || !movement) throw new Error('a movement has a posting, a balance and a line')
  return [
    { type: 'posting', posting: postingWire(posting), balance: balanceWire(balance), version: balance.version },
    movement.kind === 'payment' ? { type: 'payment', payment: paymentOf(movement) } : { type: 'top_up', topUp: topUpOf(movement) },
  ]
}

export const pageFile = (folder: string, after: number): string => join(folder, `${after}.json`)

/** Writes a feed of so many rows as the answers of a service stand on the wire, a file for each page; the last one's heads are signed. */
export function writeFeed(folder: string, rows: number, perPage: number): ToldFeed {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const next = movementMaker(Date.UTC(2021, 0, 1), 1000, benchHolder)
  const heads = new Map<string, SignedHeads['accounts'][number]>()
  const keyId = keyIdOf(x)
  const signedHeads = (): SignedHeads => {
    const accounts = [...heads.values()].sort((a, b) => (a.account < b.account ? -1 : 1))
    const unsigned = { keyId, holderId: benchHolder, position: rows, at: iso(Date.UTC(2026, 0, 1)), accounts }
    return { ...unsigned, signature: sign(null, Buffer.from(headsText(unsigned)), privateKey).toString('base64url') }
  }
  for (let after = 0; after < rows; after += perPage) {
    const events = Array.from({ length: perPage / 2 }, next).flatMap(eventsOf)
    for (const event of events)
      if (event.type === 'posting')
        for (const { own, account, version, chain } of event.posting.legs) if (own) heads.set(account, { account, version, chain })
    const page: FeedPage = {
      rows: events.map((event, index) => ({ n: after + index + 1, event })),
      last: rows,
      heads: after + perPage === rows ? signedHeads() : null,
    }
    writeFileSync(pageFile(folder, after), JSON.stringify(page))
  }
  return { rows, serviceId: keyId, publicKey: x }
}
