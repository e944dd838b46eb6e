import { describe, expect, test } from 'vitest'
import type { DocumentRecord } from '#storage/identityRepositories.ts'
import { ana, documentFile, identityStep as step } from './serviceRows.ts'
import { serviceStores } from './serviceStores.ts'

const file: DocumentRecord = { ...documentFile, keptUntil: 100, state: 'added' }

for (const { name, book } of serviceStores())
  describe(`identity in ${name}`, () => {
    test('steps are kept as they are changed, wait in the order in which they were handed in, and are found when they have run out', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.holders.add({ ...ana, id: 'bo', email: 'bo@example.org', emailKey: 'bo@example.org' })
          await tx.holders.setTier('ana', 'document')
          await tx.identities.save({ ...step, state: 'verified', endsOn: '2026-01-01' })
          await tx.identities.save(step)
          await tx.identities.save({ ...step, step: 'financial', at: 10 })
          await tx.identities.save({ ...step, holderId: 'bo', at: 20 })
          await tx.identities.save({ ...step, step: 'details', revision: 3, state: 'verified', endsOn: '2026-02-28' })
        })
        const waiting = await store.read(tx => tx.identities.waiting(null, 2))
        expect(waiting.map(({ holderId, step: of }) => [holderId, of])).toEqual([
          ['ana', 'financial'],
          ['ana', 'document'],
        ])
        expect(await store.read(tx => tx.identities.waiting(waiting.at(-1) ?? null, 9))).toEqual([{ ...step, holderId: 'bo' }])
        expect((await store.read(tx => tx.identities.steps('ana'))).map(({ revision }) => revision)).toEqual([3, 1, 1])
        expect(await store.read(tx => tx.identities.ended('2026-02-28', 9))).toEqual([])
        expect(await store.read(tx => tx.identities.ended('2026-03-01', 9))).toMatchObject([{ step: 'details', endsOn: '2026-02-28' }])
        expect((await store.read(tx => tx.holders.find('ana')))?.tier).toBe('document')
      }))

    test('documents stand with their parts until they are removed, and those whose time is over are found', context =>
      book(context, async store => {
        await store.write(async tx => {
          await tx.documents.add(file, ['part one', 'part two'])
          await tx.documents.add({ ...file, address: 'a0', addedAt: 4, keptUntil: null }, ['other'])
        })
        expect(await store.read(tx => tx.documents.ofHolder('ana'))).toMatchObject([{ address: 'a0' }, file])
        expect(await store.read(tx => tx.documents.parts('ana', 'a1'))).toEqual(['part one', 'part two'])
        expect(await store.read(tx => tx.documents.find('bo', 'a1'))).toBeUndefined()
        await store.write(tx => tx.documents.change({ holderId: 'ana', address: 'a0', state: 'handed_in', keptUntil: 101 }))
        expect((await store.read(tx => tx.documents.overdue(100, 9))).map(({ address }) => address)).toEqual(['a1'])
        await store.write(tx => tx.documents.remove('ana', 'a1'))
        expect(await store.read(tx => tx.documents.find('ana', 'a1'))).toBeUndefined()
        expect(await store.read(tx => tx.documents.parts('ana', 'a1'))).toEqual([])
        expect(await store.read(tx => tx.documents.find('ana', 'a0'))).toMatchObject({ state: 'handed_in', keptUntil: 101 })
      }))
  })
