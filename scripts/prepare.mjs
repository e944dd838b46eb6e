// Gets what the tests need beside npm packages, as root on Debian. Everywhere else the tests that need a missing tool are skipped and say what to install.
import { existsSync } from 'node:fs'
import { run } from './run.mjs'
import { howToInstall, missingTools, tools } from './tools.mjs'

const mayUseApt = () => process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')

/** Proxy and mirror settings are the machine's own; only the patience with a network that does not answer is ours. */
async function apt(...args) {
  const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::https::Timeout=30']
  const { code, said } = await run('apt-get', [...patience, '-qq', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true })
  return { ok: code === 0, lastLine: said.trim().split('\n').at(-1) }
}

/** Installs what is missing where it may, and says in one line each what stays missing. Never fails: the tests skip with that reason. */
export async function prepare(say) {
  const missing = missingTools()
  if (missing.length > 0 && mayUseApt()) await install(missing, say)
  for (const name of missingTools()) say(`${howToInstall(name)}: skipped.`)
}

async function install(names, say) {
  const packages = names.map(name => tools[name].package)
  say(`Installing ${packages.join(', ')} with apt-get.`)
  const updated = await apt('update')
  // Lists that cannot be fetched now may still be here from before.
  if (!updated.ok) say(`apt-get update: ${updated.lastLine}`)
  const all = await apt('install', '-y', '--no-install-recommends', ...packages)
  if (all.ok) return
  say(`apt-get install: ${all.lastLine}`)
  // One package that this Debian lacks must not keep the others away.
  if (updated.ok) for (const name of packages) await apt('install', '-y', '--no-install-recommends', name)
}

if (import.meta.main) await prepare(line => process.stdout.write(`${line}\n`))
