import { readFileSync } from 'node:fs'
import { screenAgainst } from '#core/identity/sanctions/screen.ts'
import { readUnList } from '#core/identity/sanctions/unList.ts'
import type { Sanctions } from '../../ports.ts'

/** Reads the list once, at the start. Throws what the file system says, or a TypeError that says what is wrong with the list. */
export function readSanctions(path: string | null): Sanctions {
  if (path === null) return { madeOn: null, screen: () => [] }
  const list = readUnList(readFileSync(path, 'utf8'))
  return { madeOn: list.madeOn, screen: screenAgainst(list) }
}
