import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `sockaddr_un.sun_path` holds 104 bytes on macOS and 108 on Linux, with a closing zero. */
const longestSocketPath = 103

/** A folder of this user alone for sockets whose own folder has too long a name; throws where somebody else has made it. */
function socketFolder(): string {
  const user = process.getuid?.() ?? 0
  const folder = process.env['XDG_RUNTIME_DIR'] ? join(process.env['XDG_RUNTIME_DIR'], 'okpay') : join(tmpdir(), `okpay-${user}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o077) !== 0) throw new Error(`${folder} belongs to somebody else`)
  return folder
}

/** Where the wallet that runs on a folder listens: a socket in the folder, or a named pipe on Windows. */
export function instancePath(dataDir: string, platform: NodeJS.Platform = process.platform): string {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 32)
  if (platform === 'win32') return `\\\\.\\pipe\\okpay-${hash}`
  const inFolder = join(dataDir, 'wallet.sock')
  return Buffer.byteLength(inFolder) <= longestSocketPath ? inFolder : join(socketFolder(), `${hash}.sock`)
}
