import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cycles, deadExports, strayElectron, wrongEdges } from '../../scripts/tidy/edges.ts'
import { slowPatterns } from '../../scripts/tidy/patterns.ts'
import { type Finding, listFiles, readSources } from '../../scripts/tidy/source.ts'
import { anyTypes, consoleCalls, longFiles, onlyTests, roomsWithoutReadme, unfinished, vaguePaths } from '../../scripts/tidy/text.ts'

const root = resolve(import.meta.dirname, '../..')
const files = readSources(root, ['src', 'tests', 'scripts'])
const paths = ['src', 'tests', 'scripts'].flatMap(folder => listFiles(root, folder))
const inSource = files.filter(({ path }) => path.startsWith('src/'))
const isWritten = (path: string) => /^(src|tests)\/.*\.(ts|tsx|mjs|css|html)$/.test(path)

/** Started by the build, not imported: the inputs of electron.vite.config.ts. */
const entries = [...readFileSync(join(root, 'electron.vite.config.ts'), 'utf8').matchAll(/at\('(src\/[^']+\.ts)'\)/g)].flatMap(
  ([, path]) => path ?? [],
)

const tell = (findings: readonly Finding[]) => findings.map(({ path, says }) => `${path} ${says}`)

describe('the source keeps the rules of the architecture', () => {
  test('each room imports only from the rooms that it may', () => expect(tell(wrongEdges(inSource))).toEqual([]))
  test('electron is known to its shell alone', () => expect(tell(strayElectron(files))).toEqual([]))
  test('no file imports itself through others', () => expect(tell(cycles(files))).toEqual([]))
  test('every export is used', () => {
    expect(tell(deadExports(files, entries).filter(({ path }) => path.startsWith('src/')))).toEqual([])
  })
  test('each room says in a README what it is for', () => expect(tell(roomsWithoutReadme(paths))).toEqual([]))
  test('no file is longer than a reader can hold', () => {
    const written = paths.filter(isWritten).map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    expect(tell(longFiles(written))).toEqual([])
  })
  test('every name says what is behind it', () => expect(tell(vaguePaths(paths))).toEqual([]))
  test('the type checker sees everything', () => expect(tell(anyTypes(files))).toEqual([]))
  test('no work is left in a comment', () => expect(tell(unfinished(files))).toEqual([]))
  test('every regular expression takes a time that grows with its text alone', () => expect(tell(slowPatterns(inSource))).toEqual([]))
  test('nothing in src writes to the console', () => expect(tell(consoleCalls(files))).toEqual([]))
  test('no test keeps the others from running', () => expect(tell(onlyTests(files))).toEqual([]))
})
