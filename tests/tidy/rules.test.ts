import { describe, expect, test } from 'vitest'
import { cycles, deadExports, strayElectron, wrongEdges } from '../../scripts/tidy/edges.ts'
import { slowPatterns } from '../../scripts/tidy/patterns.ts'
import { type Finding, parseSource } from '../../scripts/tidy/source.ts'
import { anyTypes, consoleCalls, longFiles, onlyTests, roomsWithoutReadme, unfinished, vaguePaths } from '../../scripts/tidy/text.ts'
import { halfWidthChinese, localeGaps, placeholdersOf, unusedWords } from '../../scripts/tidy/words.ts'

const one = (path: string, text: string) => [parseSource(path, text)]
const says = (findings: readonly Finding[]) => findings.map(finding => finding.says)

describe('a wrong edge is found', () => {
  const wrong: readonly (readonly [path: string, text: string, says: string])[] = [
    ['src/core/a.ts', `import { x } from '#main/x.ts'`, 'may not import src/main/x.ts'],
    ['src/core/a.ts', `import { readFile } from 'node:fs'`, 'may not use the package node:fs'],
    ['src/core/a.ts', `const x = await import('zod')`, 'may not use the package zod'],
    ['src/contracts/a.ts', `export { x } from '#storage/x.ts'`, 'may not import src/storage/x.ts'],
    ['src/renderer/a.tsx', `import { appState } from '#contracts/bridge/app.ts'`, 'may take only types from src/contracts/bridge/app.ts'],
    ['src/renderer/a.tsx', `import { decide } from '#core/ledger/decide.ts'`, 'may not import src/core/ledger/decide.ts'],
    ['src/renderer/a.tsx', `import sqlite from 'better-sqlite3'`, 'may not use the package better-sqlite3'],
    ['src/preload/a.ts', `import { bridge } from '#contracts/bridge/index.ts'`, 'may take only types from src/contracts/bridge/index.ts'],
    ['src/service/a.ts', `import { x } from '#main/x.ts'`, 'may not import src/main/x.ts'],
    ['src/main/a.ts', `import { x } from '../core/x.ts'`, 'leaves its room by ../core/x.ts'],
    ['src/main/a.ts', `import { x } from '#main/x.ts'`, 'names its own room as #main/x.ts'],
    ['src/attic/a.ts', `export const x = 1`, 'stands in a room that the table of rooms does not know'],
  ]
  for (const [path, text, complaint] of wrong) {
    if (complaint.startsWith('stands')) test(complaint, () => expect(says(wrongEdges(one(path, text)))).toEqual([complaint]))
    else test(`${path}: ${text}`, () => expect(says(wrongEdges(one(path, text)))).toEqual([complaint]))
  }

  test('and a right one is not', () => {
    expect(
      wrongEdges(one('src/renderer/a.tsx', `import type { AppState } from '#contracts/bridge/app.ts'\nimport { x } from './x.ts'`)),
    ).toEqual([])
    expect(wrongEdges(one('src/main/a.ts', `import { x } from '#core/x.ts'\nimport { readFile } from 'node:fs'`))).toEqual([])
  })
})

test('electron outside of its shell is found', () => {
  expect(says(strayElectron(one('src/main/wallet.ts', `import { app } from 'electron'`)))).toEqual(['may not import electron'])
  expect(strayElectron(one('src/main/shells/electron/window.ts', `import { app } from 'electron'`))).toEqual([])
})

test('a ring of files is found, whatever its length', () => {
  const ring = [
    parseSource('src/core/a.ts', `import { b } from './b.ts'`),
    parseSource('src/core/b.ts', `export { c } from './c.ts'`),
    parseSource('src/core/c.ts', `import type { A } from './a.ts'`),
  ]
  expect(says(cycles(ring))).toEqual(['imports itself through src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts'])
  expect(cycles(ring.slice(0, 2))).toEqual([])
})

test('an export that nobody imports is found', () => {
  const lonely = parseSource(
    'src/core/a.ts',
    `export const used = 1\nexport const dead = 2\nexport type Shape = { a: 1 }\nexport const make = (): Shape => ({ a: 1 })`,
  )
  const taker = parseSource('src/core/b.ts', `import { used, make } from './a.ts'`)
  expect(says(deadExports([lonely, taker], []))).toEqual(['exports dead, which nobody imports'])
  expect(deadExports([lonely], ['src/core/a.ts'])).toEqual([])
  expect(deadExports([lonely, parseSource('src/core/b.ts', `import * as all from './a.ts'`)], [])).toEqual([])
})

test('a room without a README is found', () => {
  expect(roomsWithoutReadme(['src/core/README.md', 'src/core/a.ts', 'src/main/a.ts'])).toEqual([
    { path: 'src/main', says: 'has no README.md' },
  ])
})

test('a file of 401 lines is found, one of 400 is not', () => {
  expect(longFiles([{ path: 'src/a.ts', text: 'x\n'.repeat(401) }])).toHaveLength(1)
  expect(longFiles([{ path: 'src/a.ts', text: 'x\n'.repeat(400) }])).toEqual([])
})

test('a name that says nothing is found', () => {
  expect(vaguePaths(['src/core/utils.ts', 'src/common/a.ts', 'src/main/helper/a.ts', 'src/main/helperless.ts'])).toHaveLength(3)
})

test('any and silenced type errors are found', () => {
  expect(says(anyTypes(one('src/a.ts', 'export const x: Array<any> = []')))).toEqual(['uses any'])
  expect(says(anyTypes(one('src/a.ts', '// @ts-expect-error: it is fine\nexport const x = 1')))).toEqual(['silences the type checker'])
  expect(anyTypes(one('src/a.ts', `export const any = 'any' // any of them`))).toEqual([])
})

test('work left in a comment is found', () => {
  expect(unfinished(one('src/a.ts', `// ${'TO'}${'DO'}: later\nexport const x = 1`))).toHaveLength(1)
})

test('a call of the console is found in src, and not in tests', () => {
  expect(consoleCalls(one('src/main/a.ts', `console.log('x')`))).toHaveLength(1)
  expect(consoleCalls(one('tests/a.ts', `console.log('x')`))).toEqual([])
})

test('a test that runs alone is found', () => {
  expect(onlyTests(one('tests/a.test.ts', `describe.only('x', () => {})`))).toHaveLength(1)
  expect(onlyTests(one('tests/a.test.ts', `const only = choice.only`))).toEqual([])
})

describe('a gap between languages is found', () => {
  test('a missing key, and one too many', () => {
    expect(says(localeGaps({ a: 'A', b: 'B' }, 'xx', { a: 'A', c: 'C' }))).toEqual(['lacks b', 'has c, which English has not'])
  })
  test('another argument', () => {
    expect(says(localeGaps({ a: 'Pay {amount}' }, 'xx', { a: '支付 {total}' }))).toEqual(['a has other arguments than in English'])
  })
  test('arguments are read through plurals and tags', () => {
    expect(placeholdersOf('{count, plural, one {# row of {name}} other {<b>{where}</b>}}')).toEqual(['<b>', 'count', 'name', 'where'])
  })
  test('a message that nobody shows', () => {
    const files = one('src/renderer/a.tsx', `export const x = [t("home.total"), t(\`declines.\${code}.what\`)]`)
    expect(says(unusedWords({ 'home.total': 'x', 'declines.code_wrong.what': 'x', 'home.old': 'x' }, files))).toEqual([
      'home.old is never shown',
    ])
  })
  test('half-width punctuation in Chinese', () => {
    expect(
      halfWidthChinese({ a: '请输入密码,然后继续', b: '已完成.', c: '金额:', d: '版本 1.0，日期 2026.11', e: '可用（{amount}）' }).map(
        ({ says: line }) => line[0],
      ),
    ).toEqual(['a', 'b', 'c'])
  })
})

describe('a regular expression', () => {
  const found = (text: string) => says(slowPatterns([parseSource('src/core/a.ts', text)]))

  test('whose time grows faster than its text is found', () => {
    for (const pattern of ['/(a+)+$/', String.raw`/^(\s*a\s*)*$/`, '/0+$/', '/^.*a.*b$/u'])
      expect(found(`const p = ${pattern}`)).toEqual([`matches ${pattern} in more than linear time`])
  })

  test('that is made of a text that nobody can check is found', () => {
    expect(found('const p = new RegExp(text)')).toEqual(['makes a regular expression of a text that cannot be checked'])
    expect(found('const p = RegExp(first + second)')).toEqual(['makes a regular expression of a text that cannot be checked'])
  })

  test('that is linear is not', () => {
    for (const pattern of [String.raw`/^\d{1,6}$/`, '/^[a-z]+(?:-[a-z]+)*$/', '/(?:0|[1-9])*x/y'])
      expect(found(`const p = ${pattern}`)).toEqual([])
  })
})
