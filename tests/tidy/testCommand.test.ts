import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { needs } from '../support/needs.ts'
import { run } from '../support/process.ts'

const root = resolve(import.meta.dirname, '../..')

test('the test command refuses a project that there is not, and names those that there are', async () => {
  const { code, stdout } = await run(process.execPath, [resolve(root, 'scripts/test.mjs'), '--only', 'nothing'])
  expect(code).toBe(64)
  expect(stdout).toContain('unit|scenarios|system|e2e')
})

test('what continuous integration runs is what people run', () => {
  const script = readFileSync(resolve(root, '.ci/run'), 'utf8')
  expect(script).toMatch(/^npm ci$/m)
  expect(script).toMatch(/^exec npm test$/m)
})

test('a tool that is missing is named with what brings it', () => {
  const path = process.env['PATH']
  process.env['PATH'] = ''
  try {
    expect(needs('zbarimg')).toEqual({ path: undefined, reason: expect.stringContaining('apt-get install zbar-tools') })
  } finally {
    process.env['PATH'] = path
  }
})
