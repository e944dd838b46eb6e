import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first: begun last, one of them would run alone at the end while the other worker rests. */
const longest = [
  ...['specs/looks.spec.ts', 'specs/looksChinese.spec.ts', 'specs/refused.spec.ts', 'specs/words.spec.ts'],
  ...['system/rehearsal.test.ts', 'system/terminal.test.ts', 'system/serviceProgram.test.ts', 'system/crash.test.ts'],
  ...['simulate/simulate.test.ts', 'scenarios/personal.test.ts', 'storage/migrations.test.ts', 'storage/move.test.ts'],
]
const place = ({ moduleId }: TestSpecification): number => {
  const found = longest.findIndex(name => moduleId.endsWith(name))
  return found === -1 ? longest.length : found
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/scenarios/**', 'tests/simulate/**', 'tests/e2e/**', 'tests/system/**'],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'scenarios', include: ['tests/{scenarios,simulate}/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'system',
          include: ['tests/system/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Two files at once: they wait for processes more than they compute.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/specs/**/*.spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Two windows at once: the walks wait for an app more than they compute.
          maxWorkers: 2,
        },
      },
    ],
  },
})
