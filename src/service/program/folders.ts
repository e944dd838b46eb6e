import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import type { ServiceConfig } from '../config.ts'

/** Where the service's book lies: `--data`, else `service` in the wallet's folder (OKPAY_DATA_DIR, or the platform's own). */
export function serviceFolder(chosen: string | undefined, env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (chosen) return resolve(chosen)
  return join(env['OKPAY_DATA_DIR'] ? resolve(env['OKPAY_DATA_DIR']) : platformFolder(env, platform), 'service')
}

function platformFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'OKPAY')
  if (platform === 'win32') return join(env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), 'OKPAY')
  const xdg = env['XDG_DATA_HOME']
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.local', 'share'), 'okpay')
}

/** Makes the folder for its owner alone. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32') chmodSync(folder, 0o700)
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writePrivate(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`
  writeFileSync(beside, text, { mode: 0o600 })
  renameSync(beside, path)
}

/** `others`: the tokens of a sandbox's other operators, by their names. */
const operatorFile = z.object({ url: z.url(), token: z.string().min(1), others: z.record(z.string(), z.string()).default({}) })
export type OperatorAccess = z.infer<typeof operatorFile>
type OperatorConfig = Pick<ServiceConfig, 'operatorToken' | 'operators' | 'sandbox'>

const operatorPath = (folder: string): string => join(folder, 'operator.json')

/** How the operator's commands reach the service that runs on a folder; undefined where none left word. */
export function readOperatorFile(folder: string): OperatorAccess | undefined {
  try {
    return operatorFile.parse(JSON.parse(readFileSync(operatorPath(folder), 'utf8')))
  } catch {
    return undefined
  }
}

export const writeOperatorFile = (folder: string, access: OperatorAccess): void =>
  writePrivate(operatorPath(folder), `${JSON.stringify(access)}\n`)

/** What the operator's commands are left on the folder of a running service: the tokens of others only in a sandbox, where they are one person's. */
export const operatorAccess = (url: string, { operatorToken, operators, sandbox }: OperatorConfig): OperatorAccess => ({
  url,
  token: operatorToken,
  others: sandbox ? Object.fromEntries(operators.map(({ name, token }) => [name, token])) : {},
})

/** Takes the word back, unless another service has left its own since. */
export function removeOperatorFile(folder: string, { token, url }: Pick<OperatorAccess, 'token' | 'url'>): void {
  const found = readOperatorFile(folder)
  if (found?.token === token && found.url === url) rmSync(operatorPath(folder), { force: true })
}

export const bookPath = (folder: string): string => join(folder, 'service.db')
export const keyPath = (folder: string): string => join(folder, 'database.key')
export const fileExists = existsSync
