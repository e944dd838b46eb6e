import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'okpay-package-'))
const unpacked = join(folder, 'out', 'linux-unpacked')
const archive = join(unpacked, 'resources', 'app.asar')

/** Where Electron keeps its fuses: a known text, the version and length of the wire, and one digit a fuse (here all as Electron ships them). */
const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 8]), Buffer.from('10110001')])

/** A folder in the place of Electron's binary, which is not needed to look at what is packed around it. */
function standInForElectron(): string {
  const dist = join(folder, 'electron')
  mkdirSync(join(dist, 'resources'), { recursive: true })
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.alloc(1024), fuseWire, Buffer.alloc(1024)]), { mode: 0o755 })
  writeFileSync(join(dist, 'version'), '45.4.1')
  return dist
}

type Folder = { readonly files: Readonly<Record<string, Folder | object>> }

const isFolder = (entry: object): entry is Folder => 'files' in entry

/** The paths in an asar archive, by its own format: four 32-bit numbers, then the tree of files as JSON, whose length is the last of the four. */
function listArchive(path: string): string[] {
  const bytes = readFileSync(path)
  const tree: Folder = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)))
  const list = ({ files }: Folder, above: string): string[] =>
    Object.entries(files).flatMap(([name, entry]) => (isFolder(entry) ? list(entry, `${above}/${name}`) : [`${above}/${name}`]))
  return list(tree, '')
}

/** Needs the build that `npm test` makes, and the rules of Linux's package; the release jobs pack the others. */
const canPack = process.platform === 'linux' && existsSync(join(root, 'out/main/index.js'))

describe.skipIf(!canPack)('what is packed', () => {
  let files: readonly string[] = []

  beforeAll(async () => {
    const builder = join(root, 'node_modules/electron-builder/cli.js')
    const options = [`-c.electronDist=${standInForElectron()}`, `-c.directories.output=${join(folder, 'out')}`]
    await promisify(execFile)(process.execPath, [builder, '--linux', 'dir', ...options], { cwd: root })
    files = listArchive(archive)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const has = (start: string) => files.some(path => path.startsWith(start))

  test('are the build and what it needs to run', () => {
    for (const path of [
      '/out/main/index.js',
      '/out/main/service.js',
      '/out/main/databaseWorker.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ]) {
      expect(files).toContain(path)
    }
    for (const name of ['better-sqlite3', '@napi-rs/keyring', '@node-rs/argon2', 'electron-updater', 'builder-util-runtime', 'fs-extra']) {
      expect(has(`/node_modules/${name}/`), name).toBe(true)
    }
  })

  test('are neither the source, nor the tests, nor what only development needs', () => {
    for (const start of [
      '/src',
      '/tests',
      '/scripts',
      '/node_modules/node-',
      '/node_modules/@foundry-rs',
      '/node_modules/vitest',
      '/node_modules/react',
    ]) {
      expect(has(start), start).toBe(false)
    }
    expect(files.filter(path => /\.(map|key|pem|env)$/.test(path))).toEqual([])
  })

  test('native modules lie outside of the archive, where the system can load them', () => {
    const native = files.filter(path => path.endsWith('.node'))
    expect(native.length).toBeGreaterThanOrEqual(3)
    for (const path of native) expect(existsSync(join(`${archive}.unpacked`, path)), path).toBe(true)
  })

  test('the entry of the package is there', () => {
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(files).toContain(`/${main}`)
  })

  test('the fuses of security point 7 are blown', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'okpay'))
    expect({
      runAsNode: wire[FuseV1Options.RunAsNode],
      nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
      fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
      cookies: wire[FuseV1Options.EnableCookieEncryption],
      integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    }).toEqual({
      runAsNode: FuseState.DISABLE,
      nodeOptions: FuseState.DISABLE,
      inspect: FuseState.DISABLE,
      fileProtocol: FuseState.DISABLE,
      cookies: FuseState.ENABLE,
      integrity: FuseState.ENABLE,
      onlyAsar: FuseState.ENABLE,
    })
  })
})
