// `npm start`: builds when needed, then opens OKPAY in Electron where its binary is installed, else in the browser.
import { spawn } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './freshBuild.mjs'
import { requireNode } from './projectNode.mjs'

const root = join(import.meta.dirname, '..')
const say = line => process.stdout.write(`${line}\n`)

/** Electron's program; undefined where its binary was not fetched. Its package is not imported: that would try to fetch it. */
function electronProgram() {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
    const program = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    accessSync(program, constants.X_OK)
    return program
  } catch {
    return undefined
  }
}

const hasScreen = ['darwin', 'win32'].includes(process.platform) || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** @returns the program to start and the one line that says why. */
function chooseShell() {
  const wanted = process.env.OKPAY_SHELL
  if (wanted === 'loopback') return { says: 'OKPAY runs in the browser window, as OKPAY_SHELL asks.' }
  const program = electronProgram()
  if (!program) return { says: "OKPAY runs in the browser window: Electron's binary is not installed here." }
  if (!hasScreen && wanted !== 'electron') return { says: 'OKPAY runs in the browser window: there is no screen for Electron.' }
  return { program, says: 'OKPAY runs in Electron: its binary is installed.' }
}

/** Runs Electron to its end, with our signals and its exit code. */
function runElectron(program) {
  const child = spawn(program, [root, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => {
    process.stderr.write(`Electron could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('close', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
}

const betweenLooksMs = 200

/** npm hands a signal to the shell that it runs us in, and that shell ends without handing it on: an npm that is gone ends OKPAY too. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, betweenLooksMs)
  look.unref()
}

await requireNode()
endWithNpm()
await ensureBuilt(say)
const { program, says } = chooseShell()
say(says)
if (program) runElectron(program)
else await import('../out/main/loopback.js')
