import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'

/** What the place of the data depends on; taken from the process by the entries. */
export type Surroundings = {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly cwd: string
}

/**
 * Where everything of a wallet lies: `--data-dir`, else OKPAY_DATA_DIR, else the platform's own folder
 * (XDG base directories, ~/Library/Application Support, %APPDATA%).
 */
export function dataFolder(chosen: string | undefined, { env, platform, home, cwd }: Surroundings): string {
  const named = chosen || env['OKPAY_DATA_DIR']
  if (named) return resolve(cwd, named)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'OKPAY')
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'OKPAY')
  const xdg = env['XDG_DATA_HOME']
  // The XDG specification says that a relative path is to be ignored.
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'okpay')
}

export type FolderProblem = 'notAFolder' | 'notAllowed' | 'readOnly' | 'unusable'

const problemOf: Readonly<Record<string, FolderProblem>> = {
  ENOTDIR: 'notAFolder',
  EEXIST: 'notAFolder',
  EACCES: 'notAllowed',
  EPERM: 'notAllowed',
  EROFS: 'readOnly',
}

/** Which of the problems a failed file operation shows. */
export const folderProblem = (error: unknown): FolderProblem =>
  (error instanceof Error && 'code' in error && problemOf[String(error.code)]) || 'unusable'

/** Makes the folder for its owner alone, where it is not there, and tries that it can be written; undefined where all is well. */
export function prepareFolder(folder: string): FolderProblem | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!statSync(folder).isDirectory()) return 'notAFolder'
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700)
    return undefined
  } catch (error) {
    return folderProblem(error)
  }
}
