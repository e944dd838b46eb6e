import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#core/failure/faults.ts'

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** `okpay-2026-11-01_2026-11-22.csv` in the downloads folder; -2, -3 ... where that name is taken. */
export async function freePath(dir: string, name: string, ending: string): Promise<string> {
  // A fresh home has no downloads folder yet. Where it cannot be made, the writing says why.
  await mkdir(dir, { recursive: true }).catch(() => undefined)
  for (let turn = 1; ; turn += 1) {
    const path = join(dir, turn === 1 ? `${name}.${ending}` : `${name}-${turn}.${ending}`)
    if (!(await exists(path))) return path
  }
}

const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** A file that was not there before and that only its owner reads. Faults: disk_full, folder_read_only. */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && full.has(error.code)
    throw new Fault(isFull ? 'disk_full' : 'folder_read_only', { cause: error })
  }
}
