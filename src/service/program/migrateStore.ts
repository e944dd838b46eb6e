import { resolve } from 'node:path'
import { Fault } from '#core/failure/faults.ts'
import { OlderSchema } from '#storage/migration.ts'
import { MoveDiffers, type MoveProof, type MoveSource, type MoveTarget, moveService } from '#storage/move.ts'
import { hasPassword, isPostgresUrl, withoutPassword } from '#storage/postgres/url.ts'
import { keyOf } from './backup.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { bookPath, fileExists, makeFolder } from './folders.ts'
import { runningOn } from './running.ts'
import { bookKey, secretOf } from './secrets.ts'
import { hasTriggers } from './settings.ts'
import type { Speech } from './speech.ts'

type Desk = { readonly env: NodeJS.ProcessEnv; readonly say: Speech; print(line: string): void }
/** A folder, or a database with its password where one is known; `shown` is for people. */
type Place = { readonly shown: string } & ({ readonly folder: string } | { readonly url: string })

/** A URL takes its password from PGPASSWORD or ~/.pgpass, or from OKPAY_DATABASE_URL where that names the same database. */
function placeOf(text: string, option: string, { env, say }: Desk): Place {
  if (!/^[a-z]+:\/\//i.test(text)) return { folder: resolve(text), shown: resolve(text) }
  const shown = withoutPassword(text)
  if (!isPostgresUrl(text) || hasPassword(text)) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `--${option} ${shown}` }))
  const known = secretOf(env, 'OKPAY_DATABASE_URL', say)
  return { url: known !== undefined && withoutPassword(known) === shown ? known : text, shown }
}

async function openFolderSource(folder: string, { env, say }: Desk): Promise<MoveSource> {
  const path = bookPath(folder)
  if (!fileExists(path)) throw new Ending(exitCodes.fault, say('bookMissing', { path: folder }))
  const url = await runningOn(folder)
  if (url !== undefined) throw new Ending(exitCodes.fault, say('alreadyRuns', { url }))
  const key = keyOf({ folder, env, say })
  try {
    return (await import('#storage/sqlite/service/move.ts')).openMoveSource({ path, key })
  } catch (error) {
    if (error instanceof Fault && error.code === 'service_busy') throw new Ending(exitCodes.fault, say('moveInUse', { path: folder }))
    throw error
  } finally {
    key.fill(0)
  }
}

async function openSource(place: Place, desk: Desk): Promise<MoveSource> {
  try {
    if ('folder' in place) return await openFolderSource(place.folder, desk)
    // The lock of the move stops what changes; a service that has nothing to do would go on after it.
    if (await (await import('#storage/postgres/service/beats.ts')).isAnyRunning(place.url))
      throw new Ending(exitCodes.fault, desk.say('moveInUse', { path: place.shown }))
    return await (await import('#storage/postgres/service/move.ts')).openMoveSource(place.url)
  } catch (error) {
    if (!(error instanceof OlderSchema)) throw error
    throw new Ending(exitCodes.fault, desk.say(error.isEmpty ? 'bookMissing' : 'bookOlder', { path: place.shown }))
  }
}

async function openFolderTarget(folder: string, { env, say, print }: Desk): Promise<MoveTarget | undefined> {
  if (fileExists(bookPath(folder))) return undefined
  makeFolder(folder)
  const { key, madeAt } = bookKey(folder, env, say)
  try {
    const target = (await import('#storage/sqlite/service/move.ts')).openMoveTarget({ path: bookPath(folder), key })
    if (madeAt !== undefined) print(say('keyMade', { path: madeAt }))
    return target
  } finally {
    key.fill(0)
  }
}

async function openTarget(place: Place, desk: Desk): Promise<MoveTarget> {
  const target =
    'folder' in place
      ? await openFolderTarget(place.folder, desk)
      : await (await import('#storage/postgres/service/move.ts')).openMoveTarget({ url: place.url, triggers: hasTriggers(desk.env) })
  if (!target) throw new Ending(exitCodes.wrongUse, desk.say('moveTaken', { path: place.shown }))
  return target
}

/** How far it is, on a terminal only. */
function progress(rows: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${rows}\u001b[K`)
}

function tellProof(proof: MoveProof, { say, print }: Desk, paths: { from: string; to: string }): void {
  const width = Math.max(...proof.tables.map(({ name }) => name.length))
  for (const { name, rows, digest } of proof.tables) print(`${name.padEnd(width)}  ${String(rows).padStart(9)}  ${digest.slice(0, 16)}`)
  const { accounts, postings, feeds, feedPositions } = proof
  print(say('moved', { ...paths, accounts, postings, feeds, positions: Number(feedPositions) }))
}

/**
 * `okpay-service migrate-store --from DIR|URL --to DIR|URL`: moves a whole service into an empty place and proves the two equal. No service may run on the
 * source. Whatever ends it before leaves the source as it is, and the target marked so that nothing opens it.
 */
export async function migrateStore(desk: Desk, ends: { from: string; to: string }, isJson: boolean): Promise<ExitCode> {
  const { say, print } = desk
  const [from, to] = [placeOf(ends.from, 'from', desk), placeOf(ends.to, 'to', desk)]
  const source = await openSource(from, desk)
  try {
    const target = await openTarget(to, desk)
    try {
      const proof = await moveService(source, target, progress)
      if (isJson) print(JSON.stringify({ ...proof, feedPositions: String(proof.feedPositions) }))
      else tellProof(proof, desk, { from: from.shown, to: to.shown })
      return exitCodes.done
    } catch (error) {
      if (error instanceof MoveDiffers) throw new Ending(exitCodes.declined, say('moveDiffers', { what: error.message, path: to.shown }))
      process.stderr.write(`${say('moveUnfinished', { path: to.shown })}\n`)
      throw error
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
