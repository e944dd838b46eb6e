import { join } from 'node:path'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { FeedChange } from '#core/wallet/store.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import { chains } from '../support/chains.ts'

export type BenchWallet = { readonly path: string; readonly key: Uint8Array }

const codes = [
  'EUR',
  'CNY',
  'USD',
  'GBP',
  'HKD',
  'JPY',
  'KRW',
  'SGD',
  'CHF',
  'SEK',
  'KWD',
  'ETH',
] as const satisfies readonly CurrencyCode[]
const chinese = ['星巴克咖啡', '咖啡馆', '便利店', '上海书店', '电影院', '地铁', '水果店', '茶馆']
const english = [
  'Coffee House',
  'Corner Grocer',
  'Cloud subscription',
  'Book shop',
  'Railways',
  'Bakery',
  'Pharmacy',
  'Cinema',
  'Museum',
  'Hardware',
  'Garden',
  'Tea room',
]

/** A small generator of numbers, the same in each run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const payees = Array.from({ length: 2000 }, (_, n) =>
  n % 5 < 2 ? `${chinese[n % chinese.length]}${String.fromCodePoint(0x4e00 + n)}店` : `${english[n % english.length]} ${n}`,
)

/** Ids that sort by time, as the wallet's own do. */
const idAt = (at: number, n: number, family: number): string => {
  const time = at.toString(16).padStart(12, '0')
  const tail = (n * 16 + family).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6)}${tail.slice(6)}`
}

/** Movements of a holder as a service would tell them: postings of 2 or 3 legs, each with the balance that it leaves. */
export function movementMaker(firstAt: number, stepMs: number, holder = 'me') {
  const random = numbers(11)
  const accounts = new Map<CurrencyCode, { posted: bigint; version: number }>()
  const link = chains()
  let n = 0
  return (): FeedChange[] => {
    const at = firstAt + n * stepMs
    const currency = codes[Math.floor(random() * codes.length)] ?? 'EUR'
    const before = accounts.get(currency) ?? { posted: 0n, version: 0 }
    const size = BigInt(Math.floor(random() * 20_000) + 100) * (currency === 'ETH' ? 10n ** 13n + 1n : 1n)
    const isTopUp = before.posted < size * 2n
    const feeMinor = !isTopUp && n % 4 === 0 ? size / 50n : 0n
    const minor = isTopUp ? size * 400n : -size - feeMinor
    const after = { posted: before.posted + minor, version: before.version + 1 }
    accounts.set(currency, after)
    n += 1
    const title = isTopUp ? 'Bank transfer' : (payees[Math.floor(random() * payees.length)] ?? '')
    const kind = isTopUp ? 'top_up' : 'payment'
    const id = idAt(at, n, 1)
    const entry = { id: idAt(at, n, 2), kind, subject: id, effectiveAt: at, recordedAt: at } as const
    const own = { account: `holder:${holder}:${currency}`, minor, after: after.posted, version: after.version }
    const leg = (account: string, legMinor: bigint, isOwn: boolean, label: string) => ({
      account: `${account}:${currency}`,
      currency,
      minor: legMinor,
      version: isOwn ? after.version : n,
      chain: isOwn ? link(own, entry) : '',
      own: isOwn,
      label,
    })
    const legs = [
      leg(`holder:${holder}`, minor, true, ''),
      leg(isTopUp ? 'rail:bank' : 'merchant:shop', -minor - feeMinor, false, title),
      ...(feeMinor === 0n ? [] : [leg('fee:okpay', feeMinor, false, '')]),
    ]
    return [
      { type: 'posting', posting: { ...entry, legs } },
      { type: 'balance', balance: { currency, postedMinor: after.posted, heldMinor: 0n, version: after.version } },
      {
        type: 'movement',
        movement: {
          id,
          kind,
          state: 'done',
          at,
          title,
          reference: `RF${n}`,
          currency,
          minor,
          feeMinor,
          afterMinor: after.posted,
          words: '',
        },
      },
    ]
  }
}

/** Makes a wallet of so many movements over the last years, through the same feed as any wallet. */
export function makeWallet(folder: string, movements: number): BenchWallet {
  const path = join(folder, 'large.db')
  const key = new Uint8Array(32).fill(5)
  const db = openDatabase({ path, key, migrations: walletMigrations, application: 'wallet' })
  // Making it is not what is measured: a power cut may take it.
  db.exec('PRAGMA synchronous = OFF')
  const book = createWalletBook(db)
  const next = movementMaker(Date.UTC(2021, 0, 1), Math.floor((5 * 365 * 86_400_000) / movements))
  const perPage = 1000
  for (let made = 0; made < movements; made += perPage) {
    const changes = Array.from({ length: Math.min(perPage, movements - made) }, next).flat()
    book.applyFeed({ after: made, until: made + perPage, changes })
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return { path, key }
}
