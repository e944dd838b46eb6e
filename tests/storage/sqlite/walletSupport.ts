import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { FeedChange, MovementRow, WalletStore } from '#core/wallet/store.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { chains } from '../../support/chains.ts'

export const walletKey = new Uint8Array(32).fill(9)

/** A wallet in a folder of its own, and a feed that tells it what happens, as the service would. */
export async function walletInFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-wallet-'))
  const path = join(folder, 'wallet.db')
  const store = await openWalletStore({ path, key: walletKey })
  return { folder, path, store, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Makes the changes of a feed with right balances and versions. */
export function feedMaker() {
  const accounts = new Map<CurrencyCode, { posted: bigint; version: number }>()
  const link = chains()
  let n = 0
  const ids = (name: string) => `${name}-${String(n).padStart(6, '0')}`
  const move = (currency: CurrencyCode, minor: bigint, at: number, more: Partial<MovementRow> = {}): FeedChange[] => {
    n += 1
    const before = accounts.get(currency) ?? { posted: 0n, version: 0 }
    const after = { posted: before.posted + minor, version: before.version + 1 }
    accounts.set(currency, after)
    const kind = more.kind ?? (minor > 0n ? 'top_up' : 'payment')
    const id = more.id ?? ids('m')
    const feeMinor = more.feeMinor ?? 0n
    const movement: MovementRow = {
      id,
      kind,
      state: 'done',
      at,
      title: 'Corner shop',
      reference: `REF${n}`,
      currency,
      minor,
      feeMinor,
      afterMinor: after.posted,
      words: '',
      ...more,
    }
    const entry = { id: ids('p'), kind, subject: id, effectiveAt: at, recordedAt: at } as const
    const leg = (account: string, legMinor: bigint, version: number, own: boolean, label: string) => ({
      account,
      currency,
      minor: legMinor,
      version,
      chain: own ? link({ account, minor, after: after.posted, version }, entry) : '',
      own,
      label,
    })
    const legs = [
      leg(`holder:h1:${currency}`, minor, after.version, true, 'You'),
      leg(kind === 'top_up' ? `rail:bank:${currency}` : `merchant:s1:${currency}`, -minor - feeMinor, n, false, movement.title),
      ...(feeMinor === 0n ? [] : [leg(`fee:okpay:${currency}`, feeMinor, n, false, 'Fee')]),
    ]
    return [
      { type: 'posting', posting: { ...entry, legs } },
      { type: 'balance', balance: { currency, postedMinor: after.posted, heldMinor: 0n, version: after.version } },
      { type: 'movement', movement },
    ]
  }
  return { move, balanceOf: (currency: CurrencyCode) => accounts.get(currency)?.posted ?? 0n }
}

/** Applies changes as one page after the cursor. */
export async function tell(store: WalletStore, changes: readonly FeedChange[]): Promise<void> {
  const after = await store.cursor()
  if (!(await store.applyFeed({ after, until: after + 1, changes }))) throw new Error('the page was refused')
}
