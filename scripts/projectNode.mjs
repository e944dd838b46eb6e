// Makes sure that what follows runs on a Node that can (22 or newer): better-sqlite3 crashes on an older one.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const oldest = 22
const root = join(import.meta.dirname, '..')

/** The Node that `npm ci` has put into the project; undefined where there is none for this system. */
function projectNode() {
  const path = join(root, 'node_modules', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`, 'bin')
  return [join(path, 'node'), join(path, 'node.exe')].find(candidate => existsSync(candidate))
}

/** Runs this very command by another Node, with our signals and its exit code; never returns. */
function runAgainBy(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('close', code => process.exit(code ?? 1))
  return new Promise(() => undefined)
}

/** Resolves on a Node that is new enough. On an older one it hands over to the project's Node, or says what to install. */
export async function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldest) return
  const better = projectNode()
  if (better) await runAgainBy(better)
  process.stderr.write(
    `OKPAY needs Node ${oldest} or newer; this is ${process.versions.node}. Install Node 24 from your system's packages or nodejs.org, then run "npm ci" again.\n`,
  )
  process.exit(1)
}
