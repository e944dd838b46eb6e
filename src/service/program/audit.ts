import type { AuditRow } from '#core/audit/acts.ts'
import { auditChecker } from '#core/audit/chain.ts'
import type { BookReader } from '#storage/bookReader.ts'
import { digest } from '#storage/digest.ts'
import { iso } from '../wires.ts'
import { type Place, paged, pageRows, withBook } from './book.ts'
import { type ExitCode, exitCodes } from './exit.ts'

const linesOf = (book: Pick<BookReader, 'audit'>): AsyncGenerator<AuditRow> => paged(after => book.audit(after, pageRows))

/** `wrong` names the first bad line in words; null for a sound log. `chain` is the link of its last line: who noted it elsewhere knows that none was cut off. */
type AuditVerified = { readonly lines: number; readonly chain: string; readonly wrong: string | null }

export async function checkAudit(book: Pick<BookReader, 'audit'>): Promise<AuditVerified> {
  const checker = auditChecker(digest)
  let wrong: string | null = null
  for await (const line of linesOf(book)) {
    wrong = checker.row(line) ?? null
    if (wrong !== null) break
  }
  const { rows, chain } = checker.end()
  return { lines: rows, chain, wrong }
}

/** Each detail as `name=value`; what is no JSON is printed as it stands, for whoever looks for what was changed. */
function detailsOf(text: string): string {
  try {
    const detail: unknown = JSON.parse(text)
    if (typeof detail !== 'object' || detail === null) return text
    return Object.entries(detail)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' ')
  } catch {
    return text
  }
}

/** `okpay-service audit list`: every line, oldest first, also while the service runs. */
export async function listAudit(place: Place, json: boolean): Promise<ExitCode> {
  await withBook(place, async book => {
    let lines = 0
    for await (const line of linesOf(book)) {
      lines += 1
      const { n, at, by, act, object, detail } = line
      place.print(json ? JSON.stringify(line) : [n, iso(at), by, act, object, detailsOf(detail)].join('  ').trimEnd())
    }
    if (lines === 0 && !json) place.print(place.say('auditEmpty'))
  })
  return exitCodes.done
}

/** `okpay-service audit verify`: exit 0 where every line follows the one before it, 2 where one does not. */
export async function verifyAudit(place: Place, json: boolean): Promise<ExitCode> {
  const told = await withBook(place, checkAudit)
  if (json) place.print(JSON.stringify(told))
  else place.print(place.say(told.wrong === null ? 'auditVerified' : 'auditNotVerified', { ...told, wrong: told.wrong ?? '' }))
  return told.wrong === null ? exitCodes.done : exitCodes.declined
}
