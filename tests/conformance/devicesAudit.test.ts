import { describe, expect, test } from 'vitest'
import { auditChecker } from '#core/audit/chain.ts'
import { digest } from '#storage/digest.ts'
import { ana, contactChange, deed, freezeLink, laptop, lock, riskCase, riskDifference, session } from './serviceRows.ts'
import { serviceStores } from './serviceStores.ts'

for (const { name, book } of serviceStores())
  describe(`devices, contact details, risk and the audit log in ${name}`, () => {
    test('locks: at most one for each locker stands, and all of them are kept; links are found by their hash', context =>
      book(context, async store => {
        const service = { ...lock, id: 'hold', by: 'service', reason: 'risk', since: 6, agreedBy: 'operator' } as const
        const opening = { ...lock, opensAt: 50 }
        const lifted = { ...opening, liftedAt: 50, steps: [...lock.steps, { step: 'lifted', at: 50, by: 'holder:ana' }] } as const
        await store.write(async tx => {
          for (const one of [lock, service, opening]) await tx.accountLocks.save(one)
        })
        expect(await store.read(tx => tx.accountLocks.standing('ana'))).toEqual([opening, service])
        await expect(store.write(tx => tx.accountLocks.save({ ...lock, id: 'second' }))).rejects.toThrow()
        expect(await store.read(tx => tx.accountLocks.opened(49, 9))).toEqual([])
        expect(await store.read(tx => tx.accountLocks.opened(50, 9))).toEqual([opening])
        await store.write(tx => tx.accountLocks.save(lifted))
        expect(await store.read(tx => tx.accountLocks.opened(50, 9))).toEqual([])
        expect(await store.read(tx => tx.accountLocks.standing('ana'))).toEqual([service])
        expect(await store.read(tx => tx.accountLocks.ofHolder('ana', 9))).toEqual([service, lifted])
        expect(await store.read(tx => tx.accountLocks.ofHolder('bob', 9))).toEqual([])
        await store.write(async tx => {
          await tx.freezeLinks.add(freezeLink)
          await tx.freezeLinks.use('f1', 7)
        })
        expect(await store.read(tx => tx.freezeLinks.find('f1'))).toEqual({ ...freezeLink, usedAt: 7 })
        await store.write(tx => tx.freezeLinks.forget(901))
        expect(await store.read(tx => tx.freezeLinks.find('f1'))).toBeUndefined()
      }))

    test('devices of a holder are listed, named, and noted when they are heard', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.holders.add({ ...ana, id: 'bo', email: 'bo@example.org', emailKey: 'bo@example.org' })
          await tx.devices.add({ ...laptop, id: 'phone', addedAt: 4, usedAt: 8, country: 'SG' })
          await tx.devices.add({ ...laptop, id: 'hers', holderId: 'bo' })
          await tx.devices.add({ ...laptop, id: 'gone', addedAt: 9 })
          await tx.devices.revoke('gone', 10)
          await tx.devices.rename('laptop', '茶 laptop')
          await tx.devices.use('laptop', 11, 'DE')
        })
        expect(await store.read(tx => tx.devices.ofHolder('ana'))).toEqual([
          { ...laptop, id: 'phone', addedAt: 4, usedAt: 8, country: 'SG' },
          { ...laptop, name: '茶 laptop', usedAt: 11, country: 'DE' },
        ])
        expect(await store.read(tx => tx.devices.ofHolder('nobody'))).toEqual([])
      }))

    test('risk: a profile is renewed from how it stands, payments wait in their order, and the shadow tells of its own pair', context =>
      book(context, async store => {
        await store.write(async tx => {
          for (const by of ['a', 'b']) await tx.riskProfiles.renew('payee', 'lumen', (before = '') => before + by)
          expect(await tx.riskProfiles.find('payee', 'lumen')).toBe('ab')
        })
        await store.write(tx => tx.riskProfiles.renew('payee', 'lumen', before => `${before}c`))
        expect(await store.read(tx => tx.riskProfiles.find('payee', 'lumen'))).toBe('abc')
        expect(await store.read(tx => tx.riskProfiles.find('holder', 'lumen'))).toBeUndefined()
        await store.write(async tx => {
          for (const id of ['c2', 'c1', 'c3']) await tx.riskCases.add({ ...riskCase, id, endsAt: id === 'c3' ? 5 : 20 })
          await tx.riskCases.save({ ...riskCase, id: 'c2', state: 'approved', approvedBy: 'ada', answer: 'me' })
          await tx.riskCases.use('active', 1)
          await tx.riskCases.use('active', 2)
          await tx.riskCases.differ(riskDifference)
        })
        expect(await store.read(tx => tx.riskCases.waiting('', 10))).toEqual([riskCase, { ...riskCase, id: 'c3', endsAt: 5 }])
        expect((await store.read(tx => tx.riskCases.overdue(5, 10))).map(({ id }) => id)).toEqual(['c3'])
        expect(await store.read(tx => tx.riskCases.find('c2'))).toMatchObject({ state: 'approved', approvedBy: 'ada', answer: 'me' })
        expect(await store.read(tx => tx.riskCases.inUse('active'))).toBe(2)
        expect(await store.read(tx => tx.riskCases.inUse('shadow'))).toBeUndefined()
        expect(await store.read(tx => tx.riskCases.differences(1, 2, '', 10))).toEqual([riskDifference])
        expect(await store.read(tx => tx.riskCases.differences(2, 1, '', 10))).toEqual([])
      }))

    test('a session has one token after another, and old ones are forgotten', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.sessions.add(session)
          await tx.sessions.replaceOfDevice('laptop', 20)
          await tx.sessions.add({ ...session, tokenHash: 'second', madeAt: 20 })
        })
        expect(await store.read(tx => tx.sessions.find('t'))).toEqual({ ...session, replacedAt: 20 })
        expect(await store.read(tx => tx.sessions.find('second'))).toEqual({ ...session, tokenHash: 'second', madeAt: 20 })
        await store.write(async tx => {
          await tx.sessions.replaceOfDevice('laptop', 30)
          await tx.sessions.forgetReplaced('laptop', 30)
          await tx.sessions.endOfDevice('laptop', 40)
        })
        expect(await store.read(tx => tx.sessions.find('t'))).toBeUndefined()
        expect(await store.read(tx => tx.sessions.find('second'))).toMatchObject({ replacedAt: 30, endedAt: 40 })
      }))

    test('the audit log is numbered without a gap and chained, whoever writes at once, and keeps every character', context =>
      book(context, async store => {
        const people = Array.from({ length: 20 }, (_, n) => `person ${n}`)
        await Promise.all([
          ...people.map(by => store.write(tx => tx.audit.append({ ...deed, by }), by)),
          ...people.map(by => store.write(tx => tx.audit.append({ ...deed, by: `${by} again` }))),
        ])
        const broken = store.write(async tx => {
          await tx.audit.append(deed)
          throw new Error('halfway')
        })
        await expect(broken).rejects.toThrow('halfway')
        const last = await store.write(tx => tx.audit.append(deed))
        const rows = await store.read(tx => tx.audit.page(0, 100))
        expect(rows).toHaveLength(41)
        expect(new Set(rows.map(({ by }) => by)).size).toBe(41)
        expect(rows.at(-1)).toEqual(last)
        expect(last).toMatchObject({ n: 41, detail: '{"Z":"茶 \\"é\\"\\n","a":"","kind":"per_day"}' })
        const checker = auditChecker(digest)
        expect(rows.flatMap(row => checker.row(row) ?? [])).toEqual([])
        expect(await store.read(tx => tx.audit.page(39, 1))).toEqual([rows[39]])
      }))

    test('how a holder is reached, and what takes a change of it back', context =>
      book(context, async store => {
        const done = { ...contactChange, doneAt: 15, undoHash: 'u1', undoUntil: 90 }
        const phone = { holderId: 'ana', kind: 'phone', value: '+4915123456789' } as const
        await store.write(async tx => {
          await tx.contactChanges.add(contactChange)
          await tx.contactChanges.add({ ...contactChange, id: 'c2', startedAt: 12 })
          await tx.contactDetails.save({ ...phone, value: '+1' })
          await tx.contactDetails.save(phone)
          await tx.contactDetails.save({ holderId: 'ana', kind: 'address', value: '{}' })
          await tx.contactDetails.remove('ana', 'address')
        })
        expect(await store.read(tx => tx.contactDetails.of('ana'))).toEqual([phone])
        expect(await store.read(tx => tx.contactChanges.isReserved('ana@example.org', 20, ''))).toBe(false)
        await store.write(async tx => {
          await tx.contactChanges.save(done)
          await tx.holders.setEmail('ana', 'li@example.org', 'li@example.org')
        })
        expect((await store.read(tx => tx.holders.findByEmail('li@example.org')))?.id).toBe('ana')
        expect(await store.read(tx => tx.contactChanges.findByUndo('u1'))).toEqual(done)
        expect(await store.read(tx => tx.contactChanges.find('c1'))).toEqual(done)
        expect((await store.read(tx => tx.contactChanges.since('ana', 11))).map(({ id }) => id)).toEqual(['c2'])
        const reserved = (now: number, besides = '') => store.read(tx => tx.contactChanges.isReserved('ana@example.org', now, besides))
        expect([await reserved(89), await reserved(89, 'ana'), await reserved(90)]).toEqual([true, false, false])
        await store.write(tx => tx.contactChanges.save({ ...done, undoneAt: 30 }))
        expect(await reserved(40)).toBe(false)
        await expect(store.write(tx => tx.contactChanges.save({ ...contactChange, doneAt: 15 }))).rejects.toThrow()
      }))
  })
