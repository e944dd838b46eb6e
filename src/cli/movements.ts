import type { HistoryFilter, Movement } from '#contracts/bridge/history.ts'
import { id as movementId } from '#contracts/wire/scalars.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMoment } from '#locales/dates.ts'
import type { Terminal } from './command.ts'
import { NotDone, WrongUse } from './failure.ts'
import { plain } from './safeText.ts'

const pageRows = 500
const most = 5
const longestQuery = 200

/** Movements newest first, page by page, at most `limit`. */
export async function* movements(terminal: Terminal, filter: HistoryFilter, limit: number): AsyncGenerator<readonly Movement[]> {
  let after: string | null = null
  let left = limit
  while (left > 0) {
    const page: { rows: Movement[]; next: string | null } = await terminal.call('history.page', {
      filter,
      after,
      limit: Math.min(left, pageRows),
    })
    yield page.rows
    left -= page.rows.length
    after = page.next
    if (after === null) return
  }
}

/** What a person calls it by: the reference, as `okpay history` prints it; where it has none, the id. */
export const shownReference = ({ reference, id }: Movement): string => plain(reference).trim() || id

/** Capitals and blanks do not count: a reference is written in groups on paper. */
const folded = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase()

/** The id of the one movement that the person means: by that id, or by the reference that the history shows. Several are told, and none is taken. */
export async function movementNamed(terminal: Terminal, wanted: string): Promise<string> {
  const { say, locale, now } = terminal
  const typed = wanted.trim()
  if (movementId.safeParse(typed.toLowerCase()).success) return typed.toLowerCase()
  const found = new Map<string, Movement>()
  for (const query of new Set([typed, typed.replaceAll(/\s/g, '')])) {
    if (query === '' || query.length > longestQuery) continue
    for await (const page of movements(terminal, { query }, Number.MAX_SAFE_INTEGER)) {
      for (const one of page) if (folded(shownReference(one)) === folded(typed)) found.set(one.id, one)
      if (found.size > most) break
    }
  }
  const [only, ...others] = [...found.values()]
  if (!only) throw new NotDone(say('cli.note.unknown', { reference: wanted }))
  if (others.length === 0) return only.id
  const lines = [only, ...others]
    .slice(0, most)
    .map(one => [one.id, formatMoment(locale, one.at, now()), one.title, formatAmount(locale, one.amount, { unit: 'code', plus: true })])
  throw new WrongUse([say('cli.note.several', { reference: wanted }), ...lines.map(cells => cells.map(plain).join('  '))].join('\n'))
}
