import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bridge, type MethodName, methodNames } from '#contracts/bridge/index.ts'
import { failureEnvelope } from '#contracts/wire/envelope.ts'
import type { Method } from '#contracts/wire/method.ts'
import { type Person, person } from '../scenarios/world.ts'
import { testClock } from '../support/clock.ts'
import { fuzzRuns, oddly } from '../support/fuzz.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { type TestWallet, testWallet } from '../support/wallet.ts'

const table = bridge as Record<string, Record<string, Method>>
const methodOf = (name: MethodName): Method => {
  const [feature = '', member = ''] = name.split('.')
  const method = table[feature]?.[member]
  if (!method) throw new TypeError(`${name} stands in the contract`)
  return method
}

let service: TestService
let signedIn: Person
let empty: TestWallet
beforeAll(async () => {
  const clock = testClock()
  service = await startTestService({ clock: clock.now })
  signedIn = await person(service, clock)
  await signedIn.registers()
  await signedIn.has('EUR', '20.00')
  empty = await testWallet()
}, 60_000)
afterAll(async () => {
  await signedIn.close()
  await empty.close()
  await service.stop()
})

async function answers(wallet: TestWallet, name: MethodName, input: unknown): Promise<void> {
  const answer: unknown = await wallet.ask(name, input as never)
  const isValue = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true
  if (isValue && 'value' in answer) methodOf(name).output.parse(answer.value)
  else expect(failureEnvelope.parse(answer)).not.toMatchObject({ code: 'unexpected' })
}

/** They leave the state in which all others are tried, or write where the input says. */
const leaving: readonly MethodName[] = [
  ...(['app.lock', 'app.beginAnew', 'app.useService', 'app.restoreBackup', 'account.signOut', 'vault.changePassword'] as const),
  ...(['backups.make', 'diagnostics.save', 'vault.saveKit', 'statements.start', 'provider.saveEvidence'] as const),
]

/** What was found once is tried each time. */
const found: Partial<Record<MethodName, unknown>> = {
  'history.page': { filter: { from: '0100-01-01', to: '9999-12-31' }, after: null, limit: 1 },
  'statements.preview': { format: 'csv', from: '0100-01-01', to: '9999-12-31', currencies: null },
}
const examplesOf = (name: MethodName): [unknown][] => (name in found ? [[found[name]]] : [])

describe('whatever the window sends, a method answers by its contract or refuses in words', () => {
  test.each(methodNames.filter(name => !leaving.includes(name)))('%s', async name => {
    const tried = (input: unknown) => answers(signedIn, name, input)
    await fc.assert(fc.asyncProperty(oddly(methodOf(name).input), tried), { numRuns: fuzzRuns(3), examples: examplesOf(name) })
  })

  test('in a wallet that is not there yet', async () => {
    for (const name of methodNames.filter(one => one !== 'app.create' && !leaving.includes(one)))
      await fc.assert(
        fc.asyncProperty(oddly(methodOf(name).input), input => answers(empty, name, input)),
        { numRuns: fuzzRuns(1) },
      )
  })
})
