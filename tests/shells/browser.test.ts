import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { downloadsFolder } from '#main/shells/desktop.ts'
import { electronWords, linkAmong, readLaunchOptions, systemLocale } from '#main/shells/launchOptions.ts'
import { browserCommand, createBrowserWindows, mayOpenWindow } from '#main/shells/loopback/browser.ts'
import { emptyFolder } from './folder.ts'

const url = 'http://127.0.0.1:1/launch?token=x'

/** A program that writes down how it was called. */
function program(folder: string, name: string, body: string) {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('whether a window is opened', () => {
  test.each([
    ['no screen on Linux', { env: {}, platform: 'linux' }, false],
    ['an X screen', { env: { DISPLAY: ':0' }, platform: 'linux' }, true],
    ['a Wayland screen', { env: { WAYLAND_DISPLAY: 'wayland-0' }, platform: 'linux' }, true],
    ['macOS', { env: {}, platform: 'darwin' }, true],
    ['Windows', { env: {}, platform: 'win32' }, true],
    ['asked to leave it', { env: { OKPAY_NO_OPEN: '1', DISPLAY: ':0' }, platform: 'darwin' }, false],
  ] as const)('%s', (_, setting, expected) => expect(mayOpenWindow(setting)).toBe(expected))
})

describe.skipIf(process.platform === 'win32')('the browser (not on Windows: it is found another way there)', () => {
  test('is Chromium in app mode with a profile of its own, where one is installed', () => {
    const folder = emptyFolder()
    const chromium = program(folder, 'chromium', '')
    const command = browserCommand(url, '/data/browser', { env: { PATH: `/nowhere:${folder}` }, platform: 'linux' })
    expect(command.slice(0, 3)).toEqual([chromium, `--app=${url}`, '--user-data-dir=/data/browser'])
    expect(command.join(' ')).not.toContain('no-sandbox')
  })

  test('is the choice of the system where none is', () => {
    expect(browserCommand(url, '/p', { env: { PATH: emptyFolder() }, platform: 'linux' })).toEqual(['xdg-open', url])
    expect(browserCommand(url, '/p', { env: {}, platform: 'win32' })[0]).toBe('rundll32')
  })

  test('that cannot be started, or that fails at once, is told', async () => {
    const folder = emptyFolder()
    const windows = () => createBrowserWindows(join(folder, 'profile'), { env: { PATH: folder }, platform: 'linux' })
    program(folder, 'chromium', 'exit 1')
    expect(await windows().open(url)).toBe(false)
    program(folder, 'chromium', 'exit 0')
    expect(await windows().open(url)).toBe(true)
  })

  test('closes with the wallet', async () => {
    const folder = emptyFolder()
    const mark = join(folder, 'ended')
    program(folder, 'chromium', `trap 'echo $1 > ${mark}; exit 0' TERM; while :; do sleep 0.05; done`)
    const windows = createBrowserWindows(join(folder, 'profile'), { env: { PATH: `${folder}:/usr/bin:/bin` }, platform: 'linux' })
    expect(await windows.open(url)).toBe(true)
    windows.closeAll()
    await expect.poll(() => existsSync(mark)).toBe(true)
    await expect.poll(() => readFileSync(mark, 'utf8').trim()).toBe(`--app=${url}`)
  })
})

describe('the command line of a start', () => {
  test.each([
    [[], { dataDir: undefined, link: null }],
    [['--data-dir', 'x'], { dataDir: 'x', link: null }],
    [['--data-dir=x', 'okpay://pay/K7F39QTX'], { dataDir: 'x', link: 'okpay://pay/K7F39QTX' }],
    [['OKPAY://pay/K7F39QTX'], { dataDir: undefined, link: 'OKPAY://pay/K7F39QTX' }],
    [['--data-dir'], { unknown: '--data-dir' }],
    [['--inspect'], { unknown: '--inspect' }],
    [['a'], { unknown: 'a' }],
    [['https://evil.example'], { unknown: 'https://evil.example' }],
  ])('%j', (args, expected) => expect(readLaunchOptions(args)).toEqual(expected))

  test('a link that is far too long is none', () => {
    expect(linkAmong([`okpay://${'x'.repeat(2000)}`])).toBeNull()
  })
})

test.each([
  [['/electron', '/app', '--data-dir', 'x', 'okpay://a'], false, ['--data-dir', 'x', 'okpay://a']],
  [['/electron', '--inspect=0', '--remote-debugging-port=0', '/app', '--data-dir=x'], false, ['--data-dir=x']],
  [['/okpay', '--no-sandbox', 'okpay://a'], true, ['okpay://a']],
  [['/okpay', '-psn_0_1'], true, []],
  [['/okpay'], true, []],
])('of the words of Electron %j, ours are taken', (argv, isPackaged, expected) => {
  expect(electronWords(argv, isPackaged)).toEqual(expected)
})

test('the language is the one that the environment asks for', () => {
  const asked = (env: NodeJS.ProcessEnv) => systemLocale(env)
  expect(asked({ LANG: 'zh_CN.UTF-8' })).toBe('zh-CN')
  expect(asked({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_GB.UTF-8' })).toBe('en')
  expect(asked({ LC_ALL: 'C' })).toBe('en')
})

test('statements go where the person keeps downloads', () => {
  const config = emptyFolder()
  const linux = () => downloadsFolder({ XDG_CONFIG_HOME: config }, 'linux', '/home/lin')
  expect(linux()).toBe('/home/lin/Downloads')
  writeFileSync(join(config, 'user-dirs.dirs'), '# comment\nXDG_DOWNLOAD_DIR="$HOME/下载"\n')
  expect(linux()).toBe('/home/lin/下载')
  writeFileSync(join(config, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="relative"\n')
  expect(linux()).toBe('/home/lin/Downloads')
  expect(downloadsFolder({}, 'darwin', '/Users/lin')).toBe('/Users/lin/Downloads')
})
