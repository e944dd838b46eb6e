import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BookFrame } from '#core/book/format.ts'
import { type BookFormatName, bookFormats, isBookFormatName } from '#core/book/index.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { BookReader } from '#storage/bookReader.ts'
import { OlderSchema } from '#storage/migration.ts'
import { withoutPassword } from '#storage/postgres/url.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { bookPath, fileExists } from './folders.ts'
import { bookKey } from './secrets.ts'
import type { Speech } from './speech.ts'

type Options = { readonly format?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined }
/** Where the book is: a file in the folder, or a database of PostgreSQL. */
export type Place = {
  readonly folder: string
  readonly databaseUrl: string | null
  readonly env: NodeJS.ProcessEnv
  readonly say: Speech
  print(line: string): void
}
type Wish = { readonly format: BookFormatName; readonly frame: BookFrame }

const dayMs = 86_400_000
export const pageRows = 500

/** The beginning of a day in UTC, `YYYY-MM-DD`. */
function dayOf(text: string | undefined, name: string, say: Speech): Instant | null {
  if (text === undefined) return null
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `--${name} ${text}` }))
  return at
}

function readWish({ format = '', from, to }: Options, say: Speech): Wish {
  if (!isBookFormatName(format)) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `book --format ${format}` }))
  const [begin, lastDay] = [dayOf(from, 'from', say), dayOf(to, 'to', say)]
  if (begin !== null && lastDay !== null && lastDay < begin)
    throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `--from ${from} --to ${to}` }))
  return { format, frame: { from: begin, until: lastDay === null ? null : lastDay + dayMs, madeAt: Date.now() } }
}

/** Rows above a number, in its order. */
type Page<Row> = (after: number) => Promise<readonly Row[]>

export async function* paged<Row extends { readonly n: number }>(page: Page<Row>): AsyncGenerator<Row> {
  let after = 0
  for (;;) {
    const rows = await page(after)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.n
  }
}

/** The text in the order that a `BookWriter` asks for. A balance of zero opens and closes nothing. */
async function* textOf(book: BookReader, { format, frame }: Wish): AsyncGenerator<string> {
  const writer = bookFormats[format].writer(frame)
  const accounts = () => paged(after => book.accounts(after, pageRows))
  const beyond = Number.MAX_SAFE_INTEGER
  const first = frame.from === null ? 1 : ((await book.firstSince(frame.from)) ?? beyond)
  const end = frame.until === null ? beyond : ((await book.firstSince(frame.until)) ?? beyond)
  yield writer.begin()
  for await (const { id } of accounts()) yield writer.account(id)
  yield '\n'
  if (frame.from !== null)
    for await (const { n, id } of accounts()) {
      const posted = await book.balance(n, first)
      if (posted !== 0n) yield writer.opening({ account: id, posted })
    }
  for await (const { posting } of paged(after => book.postings(Math.max(after, first - 1), end, pageRows))) yield writer.posting(posting)
  for await (const { n, id } of accounts()) yield writer.closing({ account: id, posted: await book.balance(n, end) })
}

async function readFile<T>({ folder, env, say }: Place, work: (book: BookReader) => Promise<T>): Promise<T> {
  const path = bookPath(folder)
  if (!fileExists(path)) throw new Ending(exitCodes.fault, say('bookMissing', { path: folder }))
  const { key } = bookKey(folder, env, say)
  const book = openBookReader({ path, key })
  key.fill(0)
  try {
    return await work(book)
  } finally {
    book.close()
  }
}

/** Gives the book to `work` as it stands, also while the service runs. Only the library of the database that is used is loaded. */
export async function withBook<T>(place: Place, work: (book: BookReader) => Promise<T>): Promise<T> {
  const { folder, databaseUrl, say } = place
  try {
    if (databaseUrl === null) return await readFile(place, work)
    return await (await import('#storage/postgres/service/bookReader.ts')).readBook(databaseUrl, work)
  } catch (error) {
    if (!(error instanceof OlderSchema)) throw error
    const path = databaseUrl === null ? folder : withoutPassword(databaseUrl)
    throw new Ending(exitCodes.fault, say(error.isEmpty ? 'bookMissing' : 'bookOlder', { path }))
  }
}

const isClosedPipe = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EPIPE'

/** `okpay-service book`: the whole book as text, page by page, also while the service runs. Whoever reads may stop reading at any line. */
export async function writeBook(place: Place, options: Options, out: Writable): Promise<ExitCode> {
  const wish = readWish(options, place.say)
  try {
    await withBook(place, book => pipeline(Readable.from(textOf(book, wish)), out, { end: false }))
  } catch (error) {
    if (!isClosedPipe(error)) throw error
  }
  return exitCodes.done
}
