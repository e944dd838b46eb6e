import { beforeAll, describe, expect, test } from 'vitest'
import { makePeople, type People } from './people.ts'
import { plantedFaults } from './planted.ts'
import { firstFailure } from './seeds.ts'

let people: People
beforeAll(async () => {
  people = await makePeople()
})

const mostSeeds = 1_000

describe('a planted fault is found', () => {
  for (const [name, plant] of Object.entries(plantedFaults))
    test(name, { timeout: 300_000 }, async () => {
      const found = await firstFailure(1, mostSeeds, people, plant)
      console.info(`${name}: ${found ? `after ${found.seed} seeds` : 'never'}`)
      expect(found?.violations.length ?? 0).toBeGreaterThan(0)
    })
})
