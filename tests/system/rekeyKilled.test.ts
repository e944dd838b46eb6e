import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { goodPassword } from '../support/wallet.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'okpay-rekey-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** What the victim printed, or the signal that ended it. */
function victim(act: string): Promise<string> {
  return new Promise(done => {
    const args = [join(import.meta.dirname, 'rekeyVictim.ts'), act, dataDir, goodPassword]
    execFile(process.execPath, args, { timeout: 60_000 }, (error, stdout) => done(error?.signal ?? stdout))
  })
}

test('a wallet that is killed at any step of a change of its key opens, and its change can be done again', async () => {
  expect(await victim('make')).toBe('unlocked')
  // Each comes to its step only if what the one before left was opened.
  for (const step of ['copying', 'encrypting', 'checking', 'placing']) expect(await victim(step), step).toBe('SIGKILL')
  const before = readFileSync(join(dataDir, 'vault.json'), 'utf8')
  expect(await victim('no step: to its end')).toBe('unlocked')
  expect(readFileSync(join(dataDir, 'vault.json'), 'utf8')).not.toBe(before)
  expect(await victim('open')).toBe('unlocked')
  expect(existsSync(join(dataDir, 'wallet.db.rekeyed'))).toBe(false)
})
