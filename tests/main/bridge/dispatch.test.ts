import { describe, expect, test } from 'vitest'
import { bridge, type InputOf, type MethodName, methodNames } from '#contracts/bridge/index.ts'
import type { When } from '#contracts/wire/method.ts'
import { Fault } from '#core/failure/faults.ts'
import { no } from '#core/failure/outcome.ts'
import { createDispatch, largestInput, type Standing } from '#main/bridge/dispatch.ts'
import type { Features } from '#main/bridge/implement.ts'
import type { LogLine } from '#main/bridge/log.ts'

const id = '019a0000-0000-7000-8000-000000000001'
const total = { currency: 'EUR', value: '1.00' } as const

/** One good input of every method: without its line here a new method does not compile. */
const passport = { kind: 'passport', country: 'DE', number: 'C01X00T47', endsOn: null, mrz: '' } as const

const inputs: { readonly [N in MethodName]: InputOf<N> } = {
  'app.state': {},
  'app.prefer': { locale: 'zh-CN' },
  'app.measurePassword': { password: 'x' },
  'app.create': { password: null, service: { mode: 'sandbox' } },
  'app.unlock': { password: null },
  'app.lock': {},
  'app.useService': { service: { mode: 'sandbox' } },
  'app.retryService': {},
  'app.restoreBackup': {},
  'app.recover': { words: 'abandon', password: null },
  'app.shield': { isOn: true },
  'app.beginAnew': {},
  'vault.state': {},
  'vault.changePassword': { current: null, next: 'x' },
  'vault.makeKit': { password: null },
  'vault.confirmKit': { words: ['a', 'b', 'c'] },
  'vault.saveKit': { path: null },
  'vault.copyKit': {},
  'vault.leaveKit': {},
  'vault.postponeKit': {},
  'vault.rotateKey': { password: null },
  'vault.lockWhen': { afterMinutes: 5, onHide: false, consent: false },
  'account.register': { email: 'lin@example.org' },
  'account.resendCode': { registrationId: 'r' },
  'account.verifyCode': { registrationId: 'r', code: '123456' },
  'account.complete': { registrationId: 'r', name: 'Lin', country: 'CN', bornOn: null, password: 'x' },
  'account.signIn': { email: 'lin@example.org', password: 'x' },
  'account.signInAgain': { password: 'x' },
  'account.sendSignInCode': { challengeId: 'c' },
  'account.answerSignIn': { challengeId: 'c', way: 'app', code: '123456' },
  'account.startReset': { email: 'lin@example.org' },
  'account.finishReset': { resetId: 'r', code: '123456', password: 'x', factor: null },
  'account.signOut': {},
  'account.profile': {},
  'account.mailbox': {},
  'account.openCurrencies': { currencies: ['EUR'] },
  'devices.list': {},
  'devices.events': {},
  'devices.rename': { id, deviceId: id, name: 'Laptop' },
  'devices.revoke': { id, deviceId: id },
  'devices.unsent': {},
  'devices.forgetUnsent': {},
  'identity.overview': {},
  'identity.details': {
    ...{ id, revision: 0 },
    details: { name: 'A', latinName: '', bornOn: '1980-01-01', nationality: 'DE', country: 'DE', street: 'a', city: 'b', postalCode: '' },
  },
  'identity.filePart': { fileId: id, index: 0, content: '' },
  'identity.upload': { fileId: id, step: 'document' },
  'identity.removeFile': { address: 'A'.repeat(43) },
  'identity.page': { address: 'A'.repeat(43), page: 0 },
  'identity.checkMrz': { document: passport },
  'identity.document': { id, revision: 0, document: passport, files: [] },
  'identity.financial': {
    ...{ id, revision: 0, files: [] },
    financial: { occupation: 'student', source: 'family', monthly: '1000' },
  },
  'balances.overview': {},
  'balances.trend': {},
  'topUps.offer': {},
  'topUps.create': { id, amount: total },
  'topUps.get': { id },
  'topUps.list': {},
  'topUps.cancel': { id },
  'topUps.simulateTransfer': { id },
  'payments.review': { text: 'K7F39QTX' },
  'payments.confirm': { id, orderCode: 'K7F39QTX', total, shopId: 's' },
  'payments.get': { id },
  'payments.pending': {},
  'payments.cancelOrder': { orderCode: 'K7F39QTX' },
  'limits.overview': {},
  'limits.set': { id, kind: 'per_day', amount: total },
  'limits.moveDay': { id, timeZone: 'Asia/Shanghai' },
  'limits.planSplit': { orderCode: 'ABCD2345' },
  'limits.keepSplit': { id, orderCode: 'ABCD2345' },
  'limits.splits': {},
  'limits.dropSplit': { id },
  'limits.askRaise': { id, kind: 'per_day', amount: total, reason: 'rent' },
  'support.ask': { id, about: '', text: 'why' },
  'support.list': {},
  'support.contact': {},
  'history.page': { filter: {}, after: null, limit: 10 },
  'history.detail': { id },
  'statements.preview': { format: 'csv', from: null, to: null, currencies: null },
  'statements.start': { format: 'csv', from: null, to: null, currencies: null, id, path: null },
  'statements.progress': { id },
  'statements.cancel': { id },
  'statements.reveal': { id },
  'provider.state': {},
  'provider.check': {},
  'backups.make': { path: null },
  'diagnostics.preview': {},
  'diagnostics.save': { path: null },
  'provider.saveEvidence': { id, path: null },
  'provider.goOn': { id },
  'notes.of': { id },
  'notes.write': { id, note: 'tea' },
  'notes.label': { id, label: 'tea' },
  'notes.unlabel': { id, label: 'tea' },
  'notes.labels': {},
  'contacts.list': {},
  'contacts.ofMovement': { id },
  'contacts.save': { id, name: 'Lin' },
  'contacts.remove': { id },
  'accountLock.state': {},
  'accountLock.freeze': {},
  'accountLock.unfreeze': { password: 'x', proof: 'c' },
  'secondFactor.state': {},
  'secondFactor.remind': { isOn: false },
  'secondFactor.setUpApp': {},
  'secondFactor.confirmApp': { code: '123456' },
  'secondFactor.turnOff': { way: 'app', proof: null },
  'secondFactor.turnOnMail': { proof: null },
  'secondFactor.renewRecovery': { proof: null },
  'secondFactor.saveRecovery': { codes: Array.from({ length: 10 }, () => 'ABCDE-12345') },
  'secondFactor.setLine': { line: total, proof: null },
  'secondFactor.ask': { act: { kind: 'password' } },
  'secondFactor.sendCode': { challengeId: 'c' },
  'secondFactor.answer': { challengeId: 'c', way: 'app', code: '123456' },
  'secondFactor.changePassword': { old: 'x', password: 'y', proof: null, endOthers: true },
  'secondFactor.stopReset': {},
  'risk.alerts': {},
  'risk.answer': { id, alertId: id, mine: false },
  'contactDetails.state': {},
  'contactDetails.start': { wish: { kind: 'phone', phone: '+49 151 23456789' }, password: 'x', proof: null },
  'contactDetails.finish': { changeId: 'c', code: '123456' },
  'securityCentre.overview': {},
  'securityCentre.mails': {},
  'securityCentre.setPhrase': { phrase: 'seven quiet kettles', proof: null },
  'securityCentre.finishCheck': {},
}

const standings: readonly Standing[] = ['first_run', 'locked', 'unreadable', 'signed_out', 'signed_in']

/** The rule, written a second time and by hand: what must be told instead of an answer. */
const refusals: Record<When, Record<Standing, string | null>> = {
  always: { first_run: null, locked: null, unreadable: null, signed_out: null, signed_in: null },
  first_run: {
    first_run: null,
    locked: 'wallet_exists',
    unreadable: 'wallet_exists',
    signed_out: 'wallet_exists',
    signed_in: 'wallet_exists',
  },
  locked: { first_run: 'not_allowed', locked: null, unreadable: 'not_allowed', signed_out: 'not_allowed', signed_in: 'not_allowed' },
  unlocked: { first_run: 'wallet_locked', locked: 'wallet_locked', unreadable: 'wallet_locked', signed_out: null, signed_in: null },
  signed_in: {
    first_run: 'wallet_locked',
    locked: 'wallet_locked',
    unreadable: 'wallet_locked',
    signed_out: 'not_signed_in',
    signed_in: null,
  },
}

const whenOf = (name: MethodName): When => {
  const [feature, method] = name.split('.') as [keyof typeof bridge, never]
  return (bridge[feature][method] as { when: When }).when
}

/** Every method of every feature is `run`. */
const answering = (run: (method: string) => Promise<unknown>): Features =>
  Object.fromEntries(
    Object.entries(bridge).map(([feature, table]) => [
      feature,
      Object.fromEntries(Object.keys(table).map(method => [method, () => run(`${feature}.${method}`)])),
    ]),
  ) as Features

function door(parts: { standing?: () => Standing; run?: (method: string) => Promise<unknown> } = {}) {
  const lines: LogLine[] = []
  const acts: string[] = []
  const ran: string[] = []
  const dispatch = createDispatch({
    standing: parts.standing ?? (() => 'signed_in'),
    features: () =>
      answering(async method => {
        ran.push(method)
        return (parts.run ?? (async () => no('not_found')))(method)
      }),
    log: { info: line => lines.push(line), error: line => lines.push(line) },
    ids: () => id,
    onAct: () => acts.push('act'),
    onFault: async () => {},
  })
  return { lines, acts, ran, ask: (method: string, input: unknown = {}) => dispatch(method, input, { shell: 'loopback' }) }
}

describe('each method in each state of the session', () => {
  for (const standing of standings)
    test(`${standing}: only what the contract allows is run`, async () => {
      for (const name of methodNames) {
        const { ask, ran } = door({ standing: () => standing })
        const answer = await ask(name, inputs[name])
        const expected = refusals[whenOf(name)][standing]
        expect(ran, name).toEqual(expected === null ? [name] : [])
        expect(answer, name).toMatchObject({ ok: false, kind: 'decline', code: expected ?? 'not_found' })
      }
    })
})

describe('the door of the wallet', () => {
  test('knows only the methods of the contract', async () => {
    for (const name of ['app', 'app.', '.state', 'app.state.x', '__proto__.toString', 'constructor.name', 'app.constructor'])
      expect(await door().ask(name), name).toMatchObject({ kind: 'decline', code: 'not_found' })
  })

  test('refuses what is too large, circular, unknown or of another form, and runs nothing', async () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const bad = [{ email: 'x'.repeat(largestInput) }, circular, { email: 'a@b.c', more: 1 }, { email: 7 }, [], 'text', { email: 1n }]
    for (const input of bad) {
      const { ask, ran } = door()
      expect(await ask('account.register', input)).toMatchObject({ kind: 'decline', code: 'input_invalid' })
      expect(ran).toEqual([])
    }
  })

  test('tells a fault with a reference that the log has, and nothing of a bug but its class', async () => {
    const fault = door({ run: async () => Promise.reject(new Fault('service_offline', { cause: new TypeError('10.0.0.7 refused') })) })
    expect(await fault.ask('support.list')).toEqual({ ok: false, kind: 'fault', code: 'service_offline', reference: id })
    expect(fault.lines).toEqual([{ event: 'fault', method: 'support.list', code: 'service_offline', reference: id, cause: 'TypeError' }])

    const bug = door({ run: async () => Promise.reject(new RangeError('lin@example.org has 12.00')) })
    expect(await bug.ask('support.list')).toEqual({ ok: false, kind: 'fault', code: 'unexpected', reference: id })
    expect(JSON.stringify(bug.lines)).not.toContain('lin@')
    expect(bug.lines[0]).toMatchObject({ cause: 'RangeError' })
  })

  test('lets no answer out that is not in the contract', async () => {
    const { ask } = door({ run: async () => ({ ok: true, value: { questions: [], token: 'secret' } }) })
    expect(await ask('support.list')).toMatchObject({ kind: 'fault', code: 'unexpected' })
  })

  test('says nothing of what it found where the wallet was locked meanwhile', async () => {
    let standing: Standing = 'signed_in'
    const { ask } = door({
      standing: () => standing,
      run: async () => {
        standing = 'locked'
        return { ok: true, value: { questions: [] } }
      },
    })
    expect(await ask('support.list')).toMatchObject({ kind: 'decline', code: 'wallet_locked' })
  })

  test('counts what a person does as an act, and not what the window asks by itself', async () => {
    const { ask, acts } = door()
    await ask('app.state')
    await ask('balances.overview')
    await ask('history.page', { filter: {}, after: null, limit: 10 })
    expect(acts).toEqual([])
    await ask('history.page', { filter: {}, after: 'more', limit: 10 })
    await ask('payments.review', { text: 'K7F39QTX' })
    await ask('support.ask', inputs['support.ask'])
    expect(acts).toHaveLength(3)
  })
})
