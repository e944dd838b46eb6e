import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/** XDG user directories: `XDG_DOWNLOAD_DIR="$HOME/Downloads"`, absolute or below $HOME. */
function xdgDownloads(env: NodeJS.ProcessEnv, home: string): string | undefined {
  try {
    const text = readFileSync(join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'user-dirs.dirs'), 'utf8')
    const named = /^XDG_DOWNLOAD_DIR="([^"\n]+)"$/m.exec(text)?.[1]?.replace(/^\$HOME(?=\/|$)/, () => home)
    return named && isAbsolute(named) ? named : undefined
  } catch {
    return undefined
  }
}

/** Where a person looks for what was saved. */
export const downloadsFolder = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string =>
  (platform === 'linux' ? xdgDownloads(env, home) : undefined) ?? join(home, 'Downloads')

const revealCommand = (path: string, platform: NodeJS.Platform): readonly [string, ...string[]] => {
  if (platform === 'darwin') return ['open', '-R', path]
  if (platform === 'win32') return ['explorer', `/select,${path}`]
  return ['xdg-open', dirname(path)]
}

/** Shows a file in the system's file manager; false where that could not be started. */
export function revealFile(path: string): Promise<boolean> {
  const [program, ...args] = revealCommand(path, process.platform)
  return new Promise(done => {
    const manager = spawn(program, args, { stdio: 'ignore', detached: true })
    manager.on('error', () => done(false))
    manager.on('spawn', () => {
      manager.unref()
      done(true)
    })
  })
}
