// Children of our scripts: started in their own group, so that an interrupt ends them with all that they started.
import { spawn, spawnSync } from 'node:child_process'

const running = new Set()
const windows = process.platform === 'win32'

function end(child) {
  if (child.pid === undefined) return
  if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'])
  else {
    try {
      process.kill(-child.pid, 'SIGTERM')
    } catch {
      // The group is gone already: nothing is left to end.
    }
  }
}

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => {
    for (const child of running) end(child)
    process.exit(code)
  })
}

/** Runs a program of Node to its end, by the Node that runs this. */
export const runNode = (args, options) => run(process.execPath, args, options)

/**
 * Runs a program to its end.
 * @returns its exit code, and what it said where `quiet` keeps that from the screen.
 */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise(done => {
    const child = spawn(command, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      detached: !windows,
    })
    running.add(child)
    let said = ''
    const keep = chunk => {
      said += chunk
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', cause => done({ code: 1, said: `${said}${cause.message}` }))
    child.on('close', code => {
      running.delete(child)
      done({ code: code ?? 1, said })
    })
  })
}
