import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

const exists = (path: string): Promise<boolean> =>
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
