import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { OlderSchema } from '#storage/migration.ts'
import { withoutPassword } from '#storage/postgres/url.ts'
import { asFaults } from '#storage/sqlite/faults.ts'
import { copyBook, removeDatabase, replaceBook } from '#storage/sqlite/service/backup.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import type { Place } from './book.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { bookPath, keyPath, makeFolder } from './folders.ts'
import { runningOn } from './running.ts'
import { bookKey, secretOf } from './secrets.ts'
import type { Speech } from './speech.ts'
import { type Verified, verify } from './verify.ts'

type Added = Pick<Verified, 'postings' | 'accounts'>

/** Reads a copy from its first page to its last and adds it up; ends with what is wrong in it. */
async function addUp(path: string, key: Uint8Array, updates: boolean, say: Speech): Promise<Added> {
  const book = openBookReader({ path, key, updates })
  try {
    book.checkFile()
    const { wrong, ...added } = await verify(book)
    if (wrong !== null) throw new Ending(exitCodes.declined, say('copyRefused', { wrong }))
    return added
  } finally {
    book.close()
  }
}

/** The key that there is: a copy of a book never gets a new one. */
export function keyOf({ folder, env, say }: Pick<Place, 'folder' | 'env' | 'say'>): Buffer {
  if (!existsSync(keyPath(folder)) && secretOf(env, 'OKPAY_DATABASE_KEY', say) === undefined)
    throw new Ending(exitCodes.fault, say('fileUnreadable', { path: keyPath(folder) }))
  return bookKey(folder, env, say).key
}

/** For a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** PostgreSQL is copied by its own programs: which call does it is said, without the password. */
function onlyOfFile({ databaseUrl, say }: Place, sentence: 'copyPostgres' | 'restorePostgres', path: string): void {
  if (databaseUrl === null) return
  throw new Ending(exitCodes.wrongUse, say(sentence, { url: quoted(withoutPassword(databaseUrl)), file: quoted(path) }))
}

/** `okpay-service backup FILE`: an encrypted copy, also while the service runs. It takes its name once it was read and added up. */
export async function backUp(place: Place, file: string): Promise<ExitCode> {
  const { folder, say, print } = place
  const path = resolve(file)
  const half = `${path}.part`
  onlyOfFile(place, 'copyPostgres', path)
  if (!existsSync(bookPath(folder))) throw new Ending(exitCodes.fault, say('bookMissing', { path: folder }))
  if (existsSync(path)) throw new Ending(exitCodes.wrongUse, say('fileThere', { path }))
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    throw new Ending(exitCodes.wrongUse, say('fileMissing', { path: dirname(path) }))
  const key = keyOf(place)
  try {
    removeDatabase(half)
    copyBook(bookPath(folder), half, key)
    const { postings, accounts } = await addUp(half, key, false, say)
    asFaults(() => renameSync(half, path))
    print(say('backedUp', { path, postings, accounts }))
    return exitCodes.done
  } catch (error) {
    throw error instanceof OlderSchema ? new Ending(exitCodes.fault, say('bookOlder', { path: folder })) : error
  } finally {
    removeDatabase(half)
    key.fill(0)
  }
}

const fileTime = (now: number): string => new Date(now).toISOString().replace(/[:.]/g, '-')

async function refuseWhileRunning({ folder, say }: Place): Promise<void> {
  const url = await runningOn(folder)
  if (url !== undefined) throw new Ending(exitCodes.fault, say('alreadyRuns', { url }))
}

/**
 * `okpay-service restore FILE`: puts a copy in the place of the book. The copy is brought up to date, read and added up before it takes the place; what was
 * there stays beside it. Refused while a service runs on the data.
 */
export async function restore(place: Place, file: string): Promise<ExitCode> {
  const { folder, say, print } = place
  onlyOfFile(place, 'restorePostgres', resolve(file))
  const path = bookPath(folder)
  const half = `${path}.restoring`
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Ending(exitCodes.wrongUse, say('fileMissing', { path: file }))
  await refuseWhileRunning(place)
  makeFolder(folder)
  const key = keyOf(place)
  try {
    removeDatabase(half)
    asFaults(() => copyFileSync(file, half))
    const { postings, accounts } = await addUp(half, key, true, say)
    await refuseWhileRunning(place)
    const aside = `${path}.before-${fileTime(Date.now())}`
    const had = existsSync(path)
    replaceBook(path, half, aside, key)
    print(say('restored', { path, postings, accounts }))
    if (had) print(say('keptAside', { path: aside }))
    return exitCodes.done
  } finally {
    removeDatabase(half)
    key.fill(0)
  }
}
