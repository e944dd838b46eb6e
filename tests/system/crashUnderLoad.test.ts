import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCampaign } from '../crash/campaign.ts'
import { toolOrSkip } from '../support/needs.ts'
import { run } from '../support/process.ts'

const crash = join(import.meta.dirname, '../crash/run.ts')

describe.skipIf(process.platform !== 'linux')(
  'killed at random moments under load, nothing that was acknowledged is lost or doubled',
  () => {
    test('a service on a file', async () => {
      const { code, stdout, stderr } = await run(process.execPath, [crash, '--kind', 'service', '--kills', '3', '--seed', '7'])
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^crash: 3 kills \(3 service\), \d+ payments, 0 violations \(seed 7, \d+ s\)\n$/)
      expect(code).toBe(0)
    })

    test('a wallet that pays', async () => {
      const { violations, payments } = await runCampaign({ kind: 'wallet', kills: 3, seed: 7 })
      expect(violations).toEqual([])
      expect(payments).toBeGreaterThan(3)
    })

    for (const kind of ['instance', 'postgres'] as const)
      test(kind === 'instance' ? 'one of two instances on a PostgreSQL' : 'the PostgreSQL of two instances', async context => {
        toolOrSkip(context, 'postgresql')
        const { violations, payments } = await runCampaign({ kind, kills: 2, seed: 7 })
        expect(violations).toEqual([])
        expect(payments).toBeGreaterThan(2)
      })
  },
)
