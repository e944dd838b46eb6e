import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { toolOrSkip } from '../support/needs.ts'

const home = mkdtempSync(join(tmpdir(), 'okpay-keyring-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const node = process.execPath
const probe = join(import.meta.dirname, 'keychainProbe.ts')
const secret = '00ff10a55a'.padEnd(64, '7')

/** Runs a shell script in an environment that reaches nobody's own keyring. */
function inPrivate(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const env = { PATH: process.env.PATH ?? '', HOME: home, XDG_DATA_HOME: join(home, 'data'), NODE: node, PROBE: probe, ...more }
  return new Promise((done, fail) => {
    execFile(command, [...args], { env, timeout: 90_000 }, (error, stdout, stderr) => {
      if (error) fail(new Error(`${error.message}\n${stderr}`))
      else done(stdout.trim().split('\n'))
    })
  })
}

const script = `
printf keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
"$NODE" "$PROBE" save vault-test ${secret}
"$NODE" "$PROBE" load vault-test
echo "tool: $(secret-tool search --all username vault-test 2>&1 | grep -c 'OKPAY wallet')"
"$NODE" "$PROBE" load vault-other
"$NODE" "$PROBE" forget vault-test
"$NODE" "$PROBE" load vault-test
echo "left: $(secret-tool search --all service 'OKPAY wallet' 2>/dev/null | grep -c username)"
`

test('keeps, finds and forgets a secret in the real Secret Service, and leaves nothing behind', async context => {
  toolOrSkip(context, 'gnome-keyring')
  toolOrSkip(context, 'secret-tool')
  const dbus = toolOrSkip(context, 'dbus')
  const lines = await inPrivate(dbus, ['--', 'sh', '-c', script])
  expect(lines).toEqual([
    '{"kind":"secret_service","said":"saved"}',
    `{"kind":"secret_service","said":"${secret}"}`,
    expect.stringMatching(/^tool: [1-9]/),
    '{"kind":"secret_service","said":null}',
    '{"kind":"secret_service","said":"forgotten"}',
    '{"kind":"secret_service","said":null}',
    'left: 0',
  ])
})

test('says that there is no keychain where there is no session bus, and does not fall back to a store that is lost at the next start', async () => {
  expect(await inPrivate(node, [probe, 'load', 'vault-test'])).toEqual(['{"kind":"none","said":"keychain_unavailable"}'])
  const noBus = { XDG_RUNTIME_DIR: home, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'no-bus')}` }
  expect(await inPrivate(node, [probe, 'load', 'vault-test'], noBus)).toEqual(['{"kind":"none","said":"keychain_unavailable"}'])
})

test('says that there is none where a bus has no keyring behind it', async context => {
  const dbus = toolOrSkip(context, 'dbus')
  const empty = join(home, 'no-services.conf')
  const policy = '<policy context="default"><allow send_destination="*"/><allow own="*"/><allow eavesdrop="true"/></policy>'
  writeFileSync(empty, `<busconfig><type>session</type><listen>unix:tmpdir=${home}</listen>${policy}</busconfig>`)
  const lines = await inPrivate(dbus, [`--config-file=${empty}`, '--', node, probe, 'load', 'vault-test'])
  expect(lines).toEqual(['{"kind":"none","said":"keychain_unavailable"}'])
})

test('is left alone where OKPAY_KEYCHAIN is off', async () => {
  expect(await inPrivate(node, [probe, 'load', 'x'], { OKPAY_KEYCHAIN: 'off' })).toEqual(['{"kind":"none","said":"keychain_unavailable"}'])
})
