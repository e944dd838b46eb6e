import type { Instant } from '#core/ledger/command.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { Database } from '../database.ts'

/** Where the holder's own accounts stood before. */
export function pastHeads(db: Database) {
  const ofOwn = `l.account = (SELECT n FROM ledger_account WHERE owner = 'me' AND currency = ?)`
  const link = db.prepare<{ chain: string }>(`SELECT l.chain FROM ledger_leg l WHERE ${ofOwn} AND l.version = ?`)
  const last = db.prepare<{ version: number }>(
    `SELECT l.version FROM ledger_leg l JOIN ledger_journal j ON j.n = l.posting WHERE ${ofOwn} AND j.recorded_at < ? ORDER BY l.version DESC LIMIT 1`,
  )
  return {
    linkAt: (currency: CurrencyCode, version: number): string | undefined => link.get(currency, version)?.chain,
    versionAt: (currency: CurrencyCode, before: Instant): number => last.get(currency, before)?.version ?? 0,
  }
}
