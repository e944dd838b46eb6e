import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '#core/failure/faults.ts'

const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)

function asFault(error: unknown): unknown {
  if (isCode(error, 'ENOSPC', 'EDQUOT')) return new Fault('disk_full', { cause: error })
  if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) return new Fault('folder_read_only', { cause: error })
  return error
}

/** A rename is on disk only once its folder is; Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function writeAndSync(path: string, text: string): Promise<void> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'w', 0o600)
    await file.writeFile(text, 'utf8')
    await file.sync()
  } finally {
    await file?.close()
  }
}

/**
 * Replaces a small file as a whole: after a power cut there is the old one or the new one, never a part. Only the owner may read it.
 * Faults: disk_full, folder_read_only.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const beside = `${path}.new`
  try {
    await writeAndSync(beside, text)
    await rename(beside, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw asFault(error)
  }
}

/** Undefined where there is no such file. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw asFault(error)
  }
}
