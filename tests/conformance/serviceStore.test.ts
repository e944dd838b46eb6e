import { describe, expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import type { Order } from '#core/payment/order.ts'
import { makeReference } from '#core/rails/reference.ts'
import type { Change, LimitRecord } from '#storage/serviceStore.ts'
import {
  ana,
  challenge,
  command,
  entry,
  laptop,
  line,
  mail,
  order,
  registration,
  reset,
  run,
  safety,
  session,
  topUp,
} from './serviceRows.ts'
import { serviceStores } from './serviceStores.ts'

const alice: AccountId = 'holder:ana:EUR'
const bank: AccountId = 'rail:bank:EUR'

for (const { name, book } of serviceStores())
  describe(`the book of a service in ${name}`, () => {
    test('holders, devices, sessions and settings are read as they were written', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.sessions.add(session)
          await tx.holders.setSecurityHold('ana', 9)
          await tx.settings.save('a', '1')
          await tx.settings.save('a', '2')
        })
        await store.read(async tx => {
          expect(await tx.holders.find('ana')).toEqual({ ...ana, securityHoldSince: 9 })
          expect(await tx.holders.findByEmail('ana@example.org')).toEqual({ ...ana, securityHoldSince: 9 })
          expect(await tx.holders.find('bob')).toBeUndefined()
          expect(await tx.devices.find('laptop')).toEqual(laptop)
          expect(await tx.sessions.find('t')).toEqual(session)
          expect(await tx.settings.find('a')).toBe('2')
          expect(await tx.settings.find('b')).toBeUndefined()
        })
        await store.write(async tx => {
          await tx.devices.revoke('laptop', 11)
          await tx.devices.revoke('laptop', 12)
          await tx.sessions.endOfDevice('laptop', 11)
        })
        expect((await store.read(tx => tx.devices.find('laptop')))?.revokedAt).toBe(11)
        expect((await store.read(tx => tx.sessions.find('t')))?.endedAt).toBe(11)
      }))

    test("what a person writes is kept once for each place, numbered, and is nobody else's", context =>
      book(context, async store => {
        const register = (subject: string, field: string, text: string | null, ms: number, n: number) => ({
          ...{ subject, field, value: text, n },
          stamp: { ms, count: 1, device: 'laptop' },
        })
        const name = register('contact:a', 'name', 'Lin 林', 5, 1)
        const label = register('movement:b', 'label:tea', 'Tea', 2 ** 44, 2)
        const gone = { ...register('contact:a', 'name', null, 7, 3), stamp: { ms: 7, count: 0, device: 'phone' } }
        await store.write(async tx => {
          await tx.holders.add({ ...ana, id: 'bo', email: 'bo@example.org', emailKey: 'bo@example.org' })
          await tx.personal.save('ana', [name, label])
          await tx.personal.save('bo', [register('contact:a', 'name', 'hers', 9, 1)])
        })
        const find = () => store.read(tx => tx.personal.find('ana', [name, { subject: 'contact:a', field: 'note' }]))
        expect(await find()).toEqual([name])
        await store.write(tx => tx.personal.save('ana', [gone]))
        expect(await find()).toEqual([gone])
        await store.read(async tx => {
          expect(await tx.personal.page('ana', 0, 10)).toEqual([label, gone])
          expect(await tx.personal.page('ana', 2, 10)).toEqual([gone])
          expect(await tx.personal.page('ana', 0, 1)).toEqual([label])
          expect([await tx.personal.count('ana'), await tx.personal.count('bo'), await tx.personal.count('nobody')]).toEqual([2, 1, 0])
          expect(await tx.personal.newest('ana')).toEqual(label.stamp)
          expect(await tx.personal.newest('nobody')).toBeUndefined()
        })
      }))

    test('a command keeps its first answer, and questions are numbered over the whole service', context =>
      book(context, async store => {
        await store.write(tx => tx.commands.keep(command))
        expect(await store.read(tx => tx.commands.find('c1'))).toEqual(command)
        await expect(store.write(tx => tx.commands.keep({ ...command, answer: 'another' }))).rejects.toThrow()
        expect(await store.read(tx => tx.commands.find('c1'))).toEqual(command)
        await store.write(tx => tx.commands.keep({ ...command, id: 'c2', answer: '{"two":2}' }))
        const answered = await store.read(tx => tx.commands.answers(['c2', 'nobody', 'c1', "c'3"]))
        expect(new Map(answered)).toEqual(
          new Map([
            ['c1', command.answer],
            ['c2', '{"two":2}'],
          ]),
        )
        expect((await store.read(tx => tx.commands.answers([]))).size).toBe(0)
        const asked = { holderId: 'ana', about: 'other', text: 'why?', state: 'open', askedAt: 3, answer: null, answeredAt: null } as const
        const first = await store.write(tx => tx.questions.add({ id: 'q1', ...asked }))
        const second = await store.write(tx => tx.questions.add({ id: 'q2', ...asked }))
        expect([first.number, second.number]).toEqual([1, 2])
        await store.write(tx => tx.questions.save({ ...first, state: 'answered', answer: 'so', answeredAt: 4 }))
        expect(await store.read(tx => tx.questions.findByNumber(1))).toEqual({ ...first, state: 'answered', answer: 'so', answeredAt: 4 })
        expect(await store.read(tx => tx.questions.open(0, 10))).toEqual([second])
      }))

    test('orders and payments: one payment for an order, whatever is tried', context =>
      book(context, async store => {
        await store.write(tx => tx.orders.add(order))
        expect(await store.read(tx => tx.orders.find('order'))).toEqual(order)
        expect(await store.read(tx => tx.orders.findByCode('ABCD2345'))).toEqual(order)
        expect(await store.read(tx => tx.orders.overdue(99, 5))).toEqual([])
        expect(await store.read(tx => tx.orders.overdue(100, 5))).toEqual([order])
        const paid: Order = { ...order, state: 'paid', paymentId: 'p1', timeline: [...order.timeline, { state: 'paid', at: 20 }] }
        const payment = { id: 'p1', holderId: 'ana', orderId: 'order', state: 'captured', at: 20 } as const
        await store.write(async tx => {
          await tx.orders.change(paid)
          await tx.payments.add(payment)
          await tx.payments.add({ ...payment, id: 'p0', state: 'declined' })
        })
        expect(await store.read(tx => tx.orders.find('order'))).toEqual(paid)
        expect(await store.read(tx => tx.payments.find('p1'))).toEqual(payment)
        await expect(store.write(tx => tx.payments.add({ ...payment, id: 'p2' }))).rejects.toThrow()
        expect(await store.read(tx => tx.payments.find('p2'))).toBeUndefined()
        expect(await store.read(tx => tx.orders.overdue(100, 5))).toEqual([])
      }))

    test('limits and what was used of them are exact', context =>
      book(context, async store => {
        const limit: LimitRecord = {
          ...{ holderId: 'ana', kind: 'per_day', eurMinor: 10n ** 20n, own: 10n ** 19n, waiting: { eurMinor: 10n ** 18n + 1n, at: 5 } },
          requested: { eurMinor: 7n, at: 3, reason: '12', source: 'sale' },
          answered: { asked: 10n ** 17n + 1n, eurMinor: null, at: 4, reason: '34' },
        }
        await store.write(async tx => {
          await tx.limits.save({ ...limit, eurMinor: null, requested: null })
          await tx.limits.save(limit)
          await tx.limits.use({ paymentId: 'p1', holderId: 'ana', day: '2026-11-22', rail: 'account', eurMinor: 9_007_199_254_740_993n })
          await tx.limits.use({ paymentId: 'p2', holderId: 'ana', day: '2026-11-22', rail: 'account', eurMinor: 2n })
          await tx.limits.use({ paymentId: 'p3', holderId: 'ana', day: '2026-11-30', rail: 'account', eurMinor: 1n })
          await tx.limits.use({ paymentId: 'p4', holderId: 'ana', day: '2026-11-30', rail: 'crypto', eurMinor: 4n })
          await tx.limits.use({ paymentId: 'p5', holderId: 'ana', day: '2026-12-01', rail: 'account', eurMinor: 8n })
          await tx.limits.use({ paymentId: 'p6', holderId: 'ana', day: '2026-11-30', rail: 'crypto', eurMinor: 16n })
          await tx.limits.release('p6')
        })
        await store.read(async tx => {
          expect(await tx.limits.ofHolder('ana')).toEqual([limit])
          expect(await tx.limits.ofHolder('bo')).toEqual([])
          const used = (await tx.limits.used('ana', '2026-11')).map(({ day, rail, eurMinor }) => `${day} ${rail} ${eurMinor}`)
          expect(used.toSorted()).toEqual(['2026-11-22 account 9007199254740995', '2026-11-30 account 1', '2026-11-30 crypto 4'])
          expect(await tx.limits.used('ana', '2026-10')).toEqual([])
        })
        const other = { ...limit, holderId: 'bo', kind: 'per_payment' } as const
        await store.write(async tx => {
          await tx.holders.add({ ...ana, id: 'bo', email: 'bo@example.org', emailKey: 'bo@example.org' })
          await tx.limits.save(other)
          await tx.limits.save({ ...limit, kind: 'per_payment', requested: null })
        })
        await store.read(async tx => {
          expect(await tx.limits.requested(null, 5)).toEqual([limit, other])
          expect(await tx.limits.requested(null, 1)).toEqual([limit])
          expect(await tx.limits.requested(limit, 5)).toEqual([other])
          expect(await tx.limits.requested(other, 5)).toEqual([])
        })
      }))

    test('registrations and sign-in counts', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.registrations.add(registration)
          await tx.registrations.add({ ...registration, id: 'r2', startedAt: 30, sentAt: 31, sent: 1 })
          await tx.registrations.save({ ...registration, verifiedAt: 40, codeHash: 'h' })
          await tx.signInCounts.save({ key: 'k', wrong: 1, lastAt: 5 })
          await tx.signInCounts.save({ key: 'k', wrong: 2, lastAt: 6 })
        })
        await store.write(async tx => {
          expect(await tx.registrations.find('r1')).toEqual({ ...registration, verifiedAt: 40, codeHash: 'h' })
          expect(await tx.registrations.sentTo('ana@example.org', 0)).toEqual({ codes: 3, lastAt: 31, firstStartedAt: 10 })
          expect(await tx.registrations.sentTo('ana@example.org', 11)).toEqual({ codes: 1, lastAt: 31, firstStartedAt: 30 })
          expect(await tx.registrations.sentTo('bob@example.org', 0)).toEqual({ codes: 0, lastAt: null, firstStartedAt: null })
          expect(await tx.signInCounts.find('k')).toEqual({ key: 'k', wrong: 2, lastAt: 6 })
          await tx.signInCounts.forget(7)
          await tx.registrations.forget(20)
          expect(await tx.signInCounts.find('k')).toBeUndefined()
          expect(await tx.registrations.find('r1')).toBeUndefined()
          await tx.signInCounts.clear('k')
        })
      }))

    test('the second factor: one row a holder, and a recovery code is used once', context =>
      book(context, async store => {
        expect(await store.read(tx => tx.safety.find('ana'))).toBeUndefined()
        await store.write(async tx => {
          await tx.safety.save({ ...safety, appSince: null })
          await tx.safety.save(safety)
          await tx.recoveryCodes.renew('ana', ['a', 'b', 'c'])
        })
        expect(await store.read(tx => tx.safety.find('ana'))).toEqual(safety)
        expect(await store.write(tx => tx.recoveryCodes.use('ana', 1, 7))).toBe(true)
        expect(await store.write(tx => tx.recoveryCodes.use('ana', 1, 8))).toBe(false)
        expect(await store.write(tx => tx.recoveryCodes.use('bob', 0, 8))).toBe(false)
        expect(await store.read(tx => tx.recoveryCodes.unused('ana'))).toEqual([
          { n: 0, hash: 'a' },
          { n: 2, hash: 'c' },
        ])
        await store.write(tx => tx.recoveryCodes.renew('ana', ['d']))
        expect(await store.read(tx => tx.recoveryCodes.unused('ana'))).toEqual([{ n: 0, hash: 'd' }])
        await store.write(tx => tx.recoveryCodes.clear('ana'))
        expect(await store.read(tx => tx.recoveryCodes.unused('ana'))).toEqual([])
      }))

    test('challenges: found by their hash, and by the command once they are proved', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.challenges.add(challenge)
          await tx.challenges.add({ ...challenge, idHash: 'h2', begunAt: 20 })
        })
        const provedFor = (holderId: string) => store.read(tx => tx.challenges.provedFor(holderId, 'c1'))
        expect(await provedFor('ana')).toEqual([])
        const proved = { ...challenge, idHash: 'h2', begunAt: 20, provedAt: 30 }
        await store.write(tx => tx.challenges.save(proved))
        expect([await provedFor('ana'), await provedFor('bob')]).toEqual([[proved], []])
        await store.write(tx => tx.challenges.save({ ...proved, usedAt: 31 }))
        expect(await provedFor('ana')).toEqual([])
        await store.write(tx => tx.challenges.forget(20))
        expect(await store.read(tx => Promise.all([tx.challenges.find('h1'), tx.challenges.find('h2')]))).toEqual([
          undefined,
          { ...proved, usedAt: 31 },
        ])
        await expect(store.write(tx => tx.challenges.add({ ...challenge, usedAt: 5 }))).rejects.toThrow()
      }))

    test('new passwords that wait, and how many were asked for', context =>
      book(context, async store => {
        const waiting = { ...reset, id: 'x2', startedAt: 30, passwordHash: 'p', holdsFrom: 90 }
        await store.write(async tx => {
          await tx.passwordResets.add(reset)
          await tx.passwordResets.add({ ...reset, id: 'x3', holderId: null, codeHash: null, emailKey: 'nobody@example.org' })
          await tx.passwordResets.add({ ...reset, id: 'x2', startedAt: 30 })
          await tx.passwordResets.save(waiting)
          await tx.holders.setPassword('ana', '$argon2id$new')
        })
        expect(await store.read(tx => tx.passwordResets.waiting('ana'))).toEqual(waiting)
        expect((await store.read(tx => tx.holders.find('ana')))?.passwordHash).toBe('$argon2id$new')
        expect(await store.write(tx => tx.passwordResets.startedFor('ana@example.org', 10))).toEqual({ count: 2, firstAt: 10, lastAt: 30 })
        expect(await store.write(tx => tx.passwordResets.startedFor('ana@example.org', 31))).toEqual({
          ...{ count: 0, firstAt: null, lastAt: null },
        })
        await store.write(tx => tx.passwordResets.forget(99))
        expect(await store.read(tx => tx.passwordResets.find('x1'))).toBeUndefined()
        expect(await store.read(tx => tx.passwordResets.find('x2'))).toEqual(waiting)
        await store.write(tx => tx.passwordResets.save({ ...waiting, endedAt: 91 }))
        expect(await store.read(tx => tx.passwordResets.waiting('ana'))).toBeUndefined()
      }))

    test('the outbox of mails: each is taken once, for a while', context =>
      book(context, async store => {
        const heard: Change[] = []
        store.onChange(change => heard.push(change))
        await store.write(async tx => {
          for (const id of ['m1', 'm2', 'm3']) await tx.mails.add(mail(id))
          await tx.mails.add(mail('m4', { state: 'sent', by: 'sandbox_mailbox' }))
        })
        expect(heard).toEqual([{ type: 'mail' }, { type: 'mail' }, { type: 'mail' }])
        expect(await store.write(tx => tx.mails.claim(9, 50, 10))).toEqual([])
        const taken = await store.write(tx => tx.mails.claim(10, 50, 2))
        expect(taken.map(({ nextTryAt, tries }) => [nextTryAt, tries])).toEqual([
          [60, 1],
          [60, 1],
        ])
        expect(await store.write(tx => tx.mails.claim(10, 50, 10))).toHaveLength(1)
        expect(await store.read(tx => tx.mails.nextDueAt())).toBe(60)
        await store.write(async tx => {
          await tx.mails.save(mail('m1', { state: 'failed', problem: 'refused' }))
          await tx.mails.save(mail('m2', { problem: 'later', nextTryAt: 70 }))
        })
        expect(await store.read(tx => tx.mails.troubled())).toEqual({ retried: 1, failed: 1 })
        expect((await store.read(tx => tx.mails.mailbox(5))).map(({ id }) => id)).toEqual(['m4'])
        await store.write(async tx => {
          for (const id of ['m5', 'm6']) await tx.mails.add(mail(id, { holderId: ana.id, state: 'sent' }))
          await tx.mails.add(mail('m4x', { to: ana.email, state: 'sent' }))
        })
        expect((await store.read(tx => tx.mails.toHolder(ana, 9))).map(({ id }) => id)).toEqual(['m6', 'm5', 'm4x'])
        expect(await store.read(tx => tx.mails.toHolder(ana, 1))).toHaveLength(1)
        expect(await store.read(tx => tx.mails.toHolder({ id: 'bo', email: 'bo@example.org' }, 9))).toEqual([])
        await store.write(tx => tx.mails.bringForward(61, 69))
        expect((await store.write(tx => tx.mails.claim(61, 9, 10))).map(({ id }) => id).sort()).toEqual(['m2', 'm3'])
        await store.write(tx => tx.mails.bringForward(60, 69))
        await store.write(tx => tx.mails.forget(2))
        expect(await store.read(tx => tx.mails.mailbox(5))).toEqual([])
        expect(await store.read(tx => tx.mails.nextDueAt())).toBe(60)
      }))

    test('top-ups are found by what a bank writes', context =>
      book(context, async store => {
        const [one, two] = [topUp('t1', makeReference('AAAABBBBCCCC'), 3), topUp('t2', makeReference('AAAABBBBDDDD'), 4)]
        await store.write(async tx => {
          await tx.topUps.add(one)
          await tx.topUps.add(two)
        })
        await store.write(async tx => {
          const named = await tx.topUps.named([one.reference, 'RF00', two.reference])
          expect([...named].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([one, two])
          expect(await tx.topUps.hasReference(two.reference)).toBe(true)
          expect(await tx.topUps.hasReference('RF00')).toBe(false)
          expect(await tx.topUps.overdue(2, 5)).toEqual([])
          expect(await tx.topUps.overdue(4, 1)).toEqual([one])
          await tx.topUps.save({ ...one, state: 'credited', credited: { currency: 'KWD', minor: 12_400n }, problem: 'less' })
          expect(await tx.topUps.find('t1')).toEqual({
            ...one,
            state: 'credited',
            credited: { currency: 'KWD', minor: 12_400n },
            problem: 'less',
          })
        })
      }))

    test('bank files: what is staged, what is an entry, and what is dropped', context =>
      book(context, async store => {
        const statement = { importId: 'run', number: 1, statementId: 's', account: 'DE1', problem: null, entries: 2 }
        await store.write(async tx => {
          await tx.statements.begin(run)
          await tx.statements.stage('run', [line(2), line(1)], [statement])
        })
        await store.write(async tx => {
          expect(await tx.statements.staged('run', 0, 10)).toEqual([line(1), line(2)])
          expect(await tx.statements.staged('run', 1, 10)).toEqual([line(2)])
          expect(await tx.statements.statement('run', 1)).toEqual(statement)
          expect(await tx.statements.statements('run', 5)).toEqual([statement])
          await tx.topUps.add(topUp('t1', makeReference('AAAABBBBCCCC'), 3))
          await tx.statements.addEntry(entry)
          await tx.statements.addEntry({ ...entry, id: 'e2', identity: 'i2', topUpId: 't1' })
          await tx.statements.saveEntry({ ...entry, problem: 'reference_unknown' })
          expect(await tx.statements.entry('i1')).toEqual({ ...entry, problem: 'reference_unknown' })
          await tx.statements.dropPending('t1', '1.00', 'EUR')
          expect((await tx.statements.waiting('', 5)).map(({ id }) => id)).toEqual(['e1'])
          expect(await tx.statements.waiting('e1', 5)).toEqual([])
          await tx.statements.finish({ ...run, finishedAt: 9, bytes: 12, sha256: 'ff' })
          await tx.statements.unstageAll()
          expect(await tx.statements.staged('run', 0, 10)).toEqual([])
        })
      }))

    test('what a transaction throws undoes all of it, its ledger too', context =>
      book(context, async store => {
        const broken = store.write(async tx => {
          await tx.ledger.post({ id: 'o', at: 1, type: 'open', account: alice })
          await tx.settings.save('x', '1')
          throw new Error('halfway')
        })
        await expect(broken).rejects.toThrow('halfway')
        expect(await store.read(tx => tx.settings.find('x'))).toBeUndefined()
        expect(await store.read(tx => tx.ledger.account(alice))).toBeUndefined()
        const answer = await store.write(async tx => {
          await tx.ledger.post({ id: 'o', at: 1, type: 'open', account: alice })
          await tx.ledger.post({ id: 'b', at: 1, type: 'open', account: bank })
          const legs = [
            { account: alice, minor: 500n },
            { account: bank, minor: -500n },
          ]
          return tx.ledger.post({ id: 'p', at: 2, type: 'post', kind: 'top_up', subject: 's', effectiveAt: 2, legs })
        })
        expect(answer.ok).toBe(true)
        expect((await store.read(tx => tx.ledger.account(alice)))?.posted).toBe(500n)
      }))

    test('many who add to one number at once lose none', context =>
      book(context, async store => {
        const addOne = () =>
          store.write(async tx => {
            const count = Number((await tx.settings.find('count')) ?? 0)
            await tx.settings.save('count', String(count + 1))
          })
        await Promise.all(Array.from({ length: 40 }, addOne))
        expect(await store.read(tx => tx.settings.find('count'))).toBe('40')
      }))

    test('a read sees one state from its first to its last statement', context =>
      book(context, async store => {
        await store.write(tx => tx.settings.save('a', '1'))
        let written: Promise<void> = Promise.resolve()
        await store.read(async tx => {
          const before = await tx.settings.find('a')
          written = store.write(tx2 => tx2.settings.save('a', '2'))
          // SQLite lets the writer wait, PostgreSQL lets it by: in neither is it seen here.
          await new Promise(resolve => setTimeout(resolve, 50))
          expect([before, await tx.settings.find('a')]).toEqual(['1', '1'])
        })
        await written
        expect(await store.read(tx => tx.settings.find('a'))).toBe('2')
      }))
  })
