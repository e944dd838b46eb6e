import { describe, expect, test } from 'vitest'
import { appendPayment, readEvents } from '#service/feed/append.ts'
import type { Change, Tx } from '#storage/serviceStore.ts'
import { command } from './serviceRows.ts'
import { serviceStores } from './serviceStores.ts'

for (const { name, book } of serviceStores())
  describe(`the feed of a service in ${name}`, () => {
    test('a feed is numbered from 1 without a gap, and news are told after the commit alone', context =>
      book(context, async store => {
        const heard: Change[] = []
        const stop = store.onChange(change => heard.push(change))
        const numbers = await store.write(async tx => {
          const given = [await tx.feed.append('ana', '{"a":1}', 1), await tx.feed.append('ana', '{"a":2}', 1)]
          expect(heard).toEqual([])
          return given
        })
        expect(numbers).toEqual([1, 2])
        expect(heard).toEqual([
          { type: 'feed', holderId: 'ana', last: 1 },
          { type: 'feed', holderId: 'ana', last: 2 },
        ])
        const broken = store.write(async tx => {
          await tx.feed.append('ana', '{}', 1)
          throw new Error('not this one')
        })
        await expect(broken).rejects.toThrow('not this one')
        expect(heard).toHaveLength(2)
        stop()
        expect(await store.write(tx => tx.feed.append('ana', '{"a":3}', 1))).toBe(3)
        expect(heard).toHaveLength(2)
        await store.read(async tx => {
          expect(await tx.feed.page('ana', 1, 10)).toEqual([
            { n: 2, json: '{"a":2}' },
            { n: 3, json: '{"a":3}' },
          ])
          expect(await tx.feed.page('ana', 0, 1)).toEqual([{ n: 1, json: '{"a":1}' }])
          expect(await tx.feed.last('ana')).toBe(3)
          expect(await tx.feed.last('bob')).toBe(0)
        })
      }))

    test('what one transaction tells stands in as few rows as it can, and is told event by event from any number on', context =>
      book(context, async store => {
        const told: { n: number; json: string }[] = []
        const tells = (count: number, instants = 1) =>
          store.write(async tx => {
            for (let one = 0; one < count; one += 1) {
              const json = JSON.stringify({ event: told.length, text: 'two\nlines' })
              const n = await tx.feed.append('ana', json, 1_000 + Math.floor((one * instants) / count))
              told.push({ n, json })
              if (one === 2) expect(await tx.feed.page('ana', 0, 1_000)).toEqual(told)
            }
            expect(await tx.feed.last('ana')).toBe(told.length)
          })
        for (const count of [1, 4, 70, 300, 3]) await tells(count)
        await tells(150, 150)
        const broken = store.write(async tx => {
          await tx.feed.append('ana', '{"lost":1}', 1)
          await tx.feed.append('ana', '{"lost":2}', 1)
          throw new Error('not these')
        })
        await expect(broken).rejects.toThrow('not these')
        await tells(2)
        expect(told.map(({ n }) => n)).toEqual(told.map((_, index) => index + 1))
        await store.read(async tx => {
          for (const after of [0, 1, 3, 5, 74, 75, 200, 377, 378, 450, told.length - 1, told.length])
            for (const limit of [1, 2, 64, 129, 500])
              expect(await tx.feed.page('ana', after, limit)).toEqual(told.slice(after, after + limit))
          expect(await tx.feed.last('ana')).toBe(told.length)
        })
        await expect(store.write(tx => tx.feed.append('ana', '{\n}', 1))).rejects.toThrow('one line')
      }))

    test('the payments of a page are told by what their commands were answered, in one question; one that is not kept is damage', context =>
      book(context, async store => {
        const ids = Array.from({ length: 150 }, (_, n) => `c${n}`)
        await store.write(async tx => {
          await tx.feed.append('ana', '{"type":"personal"}', 1)
          for (const id of ids) {
            await tx.commands.keep({ ...command, id, answer: `{"ok":true,"payment":{"id":"${id}"}}` })
            await appendPayment(tx, 'ana', id, 1)
          }
          await appendPayment(tx, 'ana', 'c7', 1)
        })
        const read = (tx: Tx, asked: (ids: readonly string[]) => void, limit = 500) =>
          tx.feed.page('ana', 0, limit).then(records => {
            const answers: Tx['commands']['answers'] = of => {
              asked(of)
              return tx.commands.answers(of)
            }
            return readEvents({ commands: { answers } }, records)
          })
        const questions: (readonly string[])[] = []
        const told = await store.read(tx => read(tx, of => questions.push(of)))
        expect(questions).toEqual([ids])
        const payments = [...ids, 'c7'].map((id, n) => ({ n: n + 2, event: { type: 'payment', payment: { id } } }))
        expect(told).toEqual([{ n: 1, event: { type: 'personal' } }, ...payments])
        await store.read(tx => read(tx, of => questions.push(of), 1))
        expect(questions).toHaveLength(1)
        await store.write(tx => appendPayment(tx, 'ana', 'nobody', 2))
        await expect(store.read(tx => read(tx, () => undefined))).rejects.toMatchObject({ code: 'database_damaged' })
      }))

    test('a feed is compacted step by step: what is removed is gone, its numbers stay, and two steps at once are one', context =>
      book(context, async store => {
        await store.write(async tx => {
          for (let n = 1; n <= 6; n += 1) await tx.feed.append('ana', `{"n":${n}}`, 10 * n)
        })
        const where = (kept: number) => store.read(tx => tx.feed.compactable('', kept, 10))
        expect([await where(5), await where(6)]).toEqual([['ana'], []])
        expect(await store.read(tx => tx.feed.compactable('ana', 0, 10))).toEqual([])
        const step = async (upTo: number, removed: readonly number[]) =>
          store.write(async tx => {
            const before = await tx.feed.compaction('ana')
            if ((before?.n ?? 0) >= upTo) return 'done before'
            await tx.feed.compact('ana', before?.n ?? 0, {
              ...{ n: upTo, heads: `{"upTo":${upTo}}`, removed },
              standing: [
                { subject: 'profile', n: upTo },
                { subject: 'balance EUR', n: null },
              ],
            })
            return 'done'
          })
        expect((await Promise.all([step(3, [1, 2]), step(3, [1, 2])])).sort()).toEqual(['done', 'done before'])
        expect(await store.read(tx => tx.feed.compaction('ana'))).toEqual({ n: 3, heads: '{"upTo":3}' })
        expect(await step(5, [4])).toBe('done')
        expect([await where(1), await where(0)]).toEqual([[], ['ana']])
        await store.read(async tx => {
          expect((await tx.feed.page('ana', 0, 10)).map(({ n }) => n)).toEqual([3, 5, 6])
          expect(await tx.feed.dated('ana', 3, 1)).toEqual([{ n: 5, at: 50, json: '{"n":5}' }])
          expect(await tx.feed.last('ana')).toBe(6)
          const standing = await tx.feed.standing('ana', ['profile', 'balance EUR', 'limits'])
          expect([...standing].sort((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual([
            { subject: 'balance EUR', n: null },
            { subject: 'profile', n: 5 },
          ])
          expect(await tx.feed.compaction('bob')).toBeUndefined()
        })
        expect(await store.write(tx => tx.feed.append('ana', '{}', 70))).toBe(7)
        // What one transaction told stands in one row: the rest of it keeps its numbers.
        await store.write(async tx => {
          for (let n = 8; n <= 11; n += 1) await tx.feed.append('ana', `{"n":${n}}`, 80)
        })
        const left = () => store.read(tx => tx.feed.page('ana', 6, 10))
        await step(9, [7, 8])
        expect(await left()).toEqual([9, 10, 11].map(n => ({ n, json: `{"n":${n}}` })))
        expect((await store.read(tx => tx.feed.dated('ana', 9, 10))).map(({ n, at }) => [n, at])).toEqual([
          [10, 80],
          [11, 80],
        ])
        await step(11, [9, 11])
        expect(await left()).toEqual([{ n: 10, json: '{"n":10}' }])
        await store.write(tx => tx.feed.append('ana', '{}', 90))
        await step(12, [10])
        expect(await left()).toEqual([{ n: 12, json: '{}' }])
      }))
  })
