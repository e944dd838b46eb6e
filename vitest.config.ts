import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
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
