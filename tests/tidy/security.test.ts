import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

type Row = { readonly point: number; readonly state: string; readonly where: string }

/** The rows of the checklist: `| 1 | point | state | where, and the test |`. */
const rows: readonly Row[] = read('SECURITY.md')
  .split('\n')
  .flatMap(line => {
    const [, point = '', , state = '', ...where] = line.split('|').map(cell => cell.trim())
    return /^\d+$/.test(point) ? [{ point: Number(point), state, where: where.join('|') }] : []
  })

/** What a row names in backquotes and is a path: with a slash, or an ending of a file. */
const pathsOf = ({ where }: Row): readonly string[] =>
  [...where.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) =>
    /^[\w.-]+(?:\/[\w.{},-]*)+$|^[\w-]+\.(?:ts|md|yml|json)$/.test(name) ? name : [],
  )

const placeOf = (path: string): string | undefined => [path, `src/${path}`, `src/main/${path}`].find(one => existsSync(join(root, one)))

/** Whether a path holds tests: a file of them, or a folder with one. */
function isTest(path: string): boolean {
  if (!path.startsWith('tests/') || !existsSync(join(root, path))) return false
  return statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path)).some(name => /\.(test|spec)\.tsx?$/.test(name))
    : /\.(test|spec)\.tsx?$/.test(path)
}

describe('the checklist in SECURITY.md', () => {
  test('has each of the 22 points once, in order', () => {
    expect(rows.map(({ point }) => point)).toEqual(Array.from({ length: 22 }, (_, n) => n + 1))
    for (const { state } of rows) expect(['done', 'part', 'later']).toContain(state)
  })

  test.each(rows.map(row => [row.point, row] as const))('%s names paths that are there', (_, row) => {
    expect(pathsOf(row).filter(path => placeOf(path) === undefined)).toEqual([])
  })

  test.each(rows.filter(({ state }) => state !== 'later').map(row => [row.point, row] as const))('%s is shown by a test', (_, row) => {
    expect(pathsOf(row).filter(isTest)).not.toEqual([])
  })
})

describe('what is built of others’ work', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Record<string, unknown>> }

  test('is pinned: one version of each, with the hash of what was looked at, from wherever it comes', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, expect.stringMatching(/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/)])
    const installed = Object.entries(packages).filter(([path, of]) => path.startsWith('node_modules/') && of['link'] !== true)
    expect(installed.length).toBeGreaterThan(100)
    for (const [path, of] of installed) {
      expect([path, of['integrity']]).toEqual([path, expect.stringMatching(/^sha512-/)])
      expect([path, of['resolved']]).toEqual([path, undefined])
    }
  })

  test('runs no script of its own when it is installed', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true')
  })
})
