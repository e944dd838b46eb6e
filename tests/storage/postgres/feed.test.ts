import { expect, test } from 'vitest'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { ana } from '../../conformance/serviceRows.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const writers = 24
const rounds = 12

test('of racing writers on several connections and instances, a reader never sees event n+1 before n, and none is missing', async context => {
  const url = await (await postgres(context)).database()
  const instances = await Promise.all([1, 2, 3].map(() => openServiceStore({ url, connections: 8 })))
  const [first] = instances
  for (const id of ['ana', 'bob']) await first?.write(tx => tx.holders.add({ ...ana, id, emailKey: id }))
  let isOver = false
  const told: string[] = []

  const writes = async (store: ServiceStore, writer: number) => {
    for (let round = 0; round < rounds; round += 1) {
      const broken = (writer + round) % 5 === 0
      await store
        .write(async tx => {
          for (const id of ['ana', 'bob']) await tx.feed.append(id, `"${writer}.${round}"`, round)
          if (broken) throw new Error('undone')
        })
        .catch((error: unknown) => {
          if (!broken) throw error
        })
    }
  }
  const reads = async (store: ServiceStore) => {
    let seen = 0
    for (;;) {
      const wasOver = isOver
      const { page, last } = await store.read(async tx => ({ page: await tx.feed.page('ana', seen, 7), last: await tx.feed.last('ana') }))
      for (const { n } of page) {
        if (n !== seen + 1) told.push(`${n} came after ${seen}`)
        seen = n
      }
      if (last < seen) told.push(`the head ${last} is below ${seen}`)
      if (wasOver && page.length === 0) return seen
    }
  }
  const readers = instances.map(reads)
  await Promise.all(Array.from({ length: writers }, (_, n) => writes(instances[n % instances.length] ?? raise(), n)))
  isOver = true
  const seen = await Promise.all(readers)
  const stands = Array.from({ length: writers * rounds }, (_, n) => (Math.floor(n / rounds) + (n % rounds)) % 5 !== 0).filter(
    Boolean,
  ).length
  expect(told).toEqual([])
  expect(seen).toEqual([stands, stands, stands])
  await Promise.all(instances.map(store => store.close()))
})

function raise(): never {
  throw new Error('no instance')
}
