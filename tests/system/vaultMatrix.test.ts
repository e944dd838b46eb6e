import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toolOrSkip } from '../support/needs.ts'
import { type Cell, matrix } from '../support/vaultMatrix.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'okpay-vault-matrix-'))
  for (const name of ['before', 'fresh']) mkdirSync(join(home, name))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Runs a shell script in an environment that reaches nobody's own keyring; what the probes said, in order. */
function inPrivate(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<unknown[]> {
  const probe = join(import.meta.dirname, 'vaultProbe.ts')
  const env = { PATH: process.env.PATH ?? '', HOME: home, XDG_DATA_HOME: join(home, 'data'), NODE: process.execPath, PROBE: probe, ...more }
  return new Promise((done, fail) => {
    execFile(command, [...args], { env, timeout: 100_000, cwd: home }, (error, stdout, stderr) => {
      if (error) fail(new Error(`${error.message}\n${stderr}`))
      else
        done(
          stdout
            .split('\n')
            .filter(line => line.startsWith('{'))
            .map(line => JSON.parse(line)),
        )
    })
  })
}

const daemon = 'gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1'
const unlock = `printf keyring-password | ${daemon}`
/** The process that answers for the Secret Service on this private bus. */
const daemonPid = `$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets | awk '{print $2}')`
const lock = `dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null`
const make = '"$NODE" "$PROBE" create "$HOME/before"'
const makeFresh = '"$NODE" "$PROBE" create "$HOME/fresh"'
const open = '"$NODE" "$PROBE" open "$HOME/before"'

const whatItSays = ({ kind, makes, opens }: Cell) => [
  { kind, said: makes },
  { kind, said: opens },
]

/** In each a wallet is made while all is well, something happens, then another is made and the first is opened. */
const happenings = {
  unlocked: 'true',
  locked: lock,
  killed: `kill -9 ${daemonPid}`,
  collectionMissing: `kill -9 ${daemonPid}; sleep 0.2; rm -f "$XDG_DATA_HOME"/keyrings/*.keyring; ${unlock}`,
  itemChanged: `
name=$("$NODE" -p 'JSON.parse(require("node:fs").readFileSync(process.env.HOME + "/before/vault.json", "utf8")).lock.item')
"$NODE" "$KEYCHAIN" save "$name" ${'5a'.repeat(32)} >&2`,
} satisfies Partial<Record<keyof typeof matrix, string>>

test.for(Object.entries(happenings))('%s', async ([name, happening], context) => {
  toolOrSkip(context, 'gnome-keyring')
  const dbus = toolOrSkip(context, 'dbus')
  const script = [unlock, make, happening, makeFresh, open].join('\n')
  const said = await inPrivate(dbus, ['--', 'sh', '-c', script], { KEYCHAIN: join(import.meta.dirname, 'keychainProbe.ts') })
  const cell = matrix[name as keyof typeof happenings]
  expect(said).toEqual([{ kind: 'secret_service', said: 'made' }, ...whatItSays(cell)])
})

test('plainText', async context => {
  toolOrSkip(context, 'gnome-keyring')
  const dbus = toolOrSkip(context, 'dbus')
  // What the daemon writes for a keyring to which its person gave an empty password.
  const keyring = '[keyring]\\ndisplay-name=Login\\nctime=0\\nmtime=0\\nlock-on-idle=false\\nlock-after=false\\n'
  const plain = `mkdir -p "$XDG_DATA_HOME/keyrings"; printf '${keyring}' >"$XDG_DATA_HOME/keyrings/login.keyring"`
  const start = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1'
  const makeBefore = '"$NODE" "$PROBE" create "$HOME/before" "seven lamps over quiet harbour"'
  const script = [plain, start, makeFresh, makeBefore]
  const again = '"$NODE" "$PROBE" open "$HOME/before" "seven lamps over quiet harbour"'
  const { kind, makes, opens } = matrix.plainText
  expect(await inPrivate(dbus, ['--', 'sh', '-c', [...script, again].join('\n')])).toEqual([
    { kind, said: makes },
    { kind, said: 'made' },
    { kind, said: opens },
  ])
})

/** A wallet that was made on a desktop, opened where its keychain is not. */
test.for(['noBus', 'off'] as const)('%s', async (name, context) => {
  toolOrSkip(context, 'gnome-keyring')
  const dbus = toolOrSkip(context, 'dbus')
  await inPrivate(dbus, ['--', 'sh', '-c', [unlock, make].join('\n')])
  const more = name === 'off' ? { OKPAY_KEYCHAIN: 'off' } : {}
  const said = await inPrivate('sh', ['-c', [makeFresh, open].join('\n')], more)
  expect(said).toEqual(whatItSays(matrix[name]))
})

test('each cell that is tried by the real part is tried', () => {
  const real = Object.entries<Cell>(matrix).filter(([, { tried }]) => tried === 'real')
  expect(real.map(([name]) => name)).toEqual([...Object.keys(happenings), 'plainText', 'noBus', 'off'])
})
