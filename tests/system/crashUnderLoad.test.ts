import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../support/process.ts'

const crash = join(import.meta.dirname, '../crash/run.ts')

test('a service that is killed at random moments under load loses and doubles nothing that it acknowledged', async () => {
  const { code, stdout, stderr } = await run(process.execPath, [crash, '--kills', '4', '--seed', '7'])
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^crash: 4 kills, 120 payments, 0 violations \(seed 7, \d+ s\)\n$/)
  expect(code).toBe(0)
})
