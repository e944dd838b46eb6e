import type { Digest } from '../ledger/chain.ts'
import type { AuditEntry, AuditRow } from './acts.ts'

/** Where the chain begins, before the first line. */
const auditStart = (digest: Digest): string => digest('["okpay.audit.start.1"]')

/** JSON of texts by name, the names in code-unit order, without white space (RFC 8785). */
const detailText = (detail: AuditEntry['detail']): string =>
  `{${Object.entries(detail)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`)
    .join(',')}}`

/** The link that a line adds: the digest of a JSON array without white space. `docs/audit-log.md` says it for strangers, with test vectors. */
const auditLink = (digest: Digest, before: string, { n, at, by, act, object, detail }: Omit<AuditRow, 'chain'>): string =>
  digest(JSON.stringify(['okpay.audit.1', before, n, at, by, act, object, detail]))

/** The line that follows the newest one; undefined where there is none yet. */
export function nextAuditRow(digest: Digest, newest: Pick<AuditRow, 'n' | 'chain'> | undefined, { detail, ...of }: AuditEntry): AuditRow {
  const row = { ...of, n: (newest?.n ?? 0) + 1, detail: detailText(detail) }
  return { ...row, chain: auditLink(digest, newest?.chain ?? auditStart(digest), row) }
}

/** Checks lines in their order. `row` answers what is wrong with this one, in words; undefined where it follows. */
export type AuditChecker = { row(row: AuditRow): string | undefined; end(): { readonly rows: number; readonly chain: string } }

export function auditChecker(digest: Digest): AuditChecker {
  let rows = 0
  let chain = auditStart(digest)
  return {
    row(told) {
      if (told.n !== rows + 1) return `line ${rows + 1} is missing: line ${told.n} comes after line ${rows}`
      if (auditLink(digest, chain, told) !== told.chain) return `line ${told.n} is not what was written, or does not follow line ${rows}`
      rows = told.n
      chain = told.chain
      return undefined
    },
    end: () => ({ rows, chain }),
  }
}
