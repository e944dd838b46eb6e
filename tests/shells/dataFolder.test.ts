import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder, folderProblem, prepareFolder } from '#main/shells/dataFolder.ts'
import { emptyFolder } from './folder.ts'

const here = { env: {}, platform: 'linux', home: '/home/lin', cwd: '/desk' } as const
const isWindows = process.platform === 'win32'

describe.skipIf(isWindows)('the place of the data (POSIX paths: not on Windows)', () => {
  test.each([
    ['the option before all', dataFolder('mine', { ...here, env: { OKPAY_DATA_DIR: '/else' } }), '/desk/mine'],
    ['the environment', dataFolder(undefined, { ...here, env: { OKPAY_DATA_DIR: '/else' } }), '/else'],
    ['an empty option is none', dataFolder('', { ...here, env: { OKPAY_DATA_DIR: '' } }), '/home/lin/.local/share/okpay'],
    ['XDG_DATA_HOME', dataFolder(undefined, { ...here, env: { XDG_DATA_HOME: '/data' } }), '/data/okpay'],
    [
      'a relative XDG_DATA_HOME is ignored',
      dataFolder(undefined, { ...here, env: { XDG_DATA_HOME: 'data' } }),
      '/home/lin/.local/share/okpay',
    ],
    ['macOS', dataFolder(undefined, { ...here, platform: 'darwin' }), '/home/lin/Library/Application Support/OKPAY'],
    ['Windows', dataFolder(undefined, { ...here, platform: 'win32', env: { APPDATA: '/roaming' } }), '/roaming/OKPAY'],
    ['Windows without APPDATA', dataFolder(undefined, { ...here, platform: 'win32' }), '/home/lin/AppData/Roaming/OKPAY'],
  ])('%s', (_, found, expected) => expect(found).toBe(expected))

  test('is made for its owner alone', () => {
    const folder = join(emptyFolder(), 'a', 'b')
    expect(prepareFolder(folder)).toBeUndefined()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  test('is closed to others where it was open', () => {
    const folder = join(emptyFolder(), 'open')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    expect(prepareFolder(folder)).toBeUndefined()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  test('that is a file, or lies under one, is named as such', () => {
    const file = join(emptyFolder(), 'file')
    writeFileSync(file, '')
    expect(prepareFolder(file)).toBe('notAFolder')
    expect(prepareFolder(join(file, 'below'))).toBe('notAFolder')
  })

  test('tells a read-only disk from a lack of permission and from anything else', () => {
    const failed = (code: string) => folderProblem(Object.assign(new Error(code), { code }))
    expect([failed('EROFS'), failed('EACCES'), failed('EPERM'), failed('EIO'), folderProblem('no error')]).toEqual([
      'readOnly',
      'notAllowed',
      'notAllowed',
      'unusable',
      'unusable',
    ])
  })
})
