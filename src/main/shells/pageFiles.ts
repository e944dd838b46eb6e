import { realpath, stat } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

export type PageFile = {
  readonly path: string
  readonly type: string
  readonly bytes: number
  /** Whether its name holds a hash of its content, so that it may be kept for ever. */
  readonly isImmutable: boolean
}

const hashedName = /-[\w-]{8}\.\w{1,9}$/

/**
 * The file of the built window that a path of a URL names; undefined where there is none, where its kind is not one that we ship, or where the
 * path would lead out of `root`, be it by dots, encoded dots, separators or a symbolic link. `/` is the page itself.
 */
export async function findPageFile(root: string, pathname: string): Promise<PageFile | undefined> {
  const named = decode(pathname)
  if (named === undefined || /[\0\\]/.test(named)) return undefined
  const wanted = resolve(root, `.${named === '/' ? '/index.html' : named}`)
  if (!wanted.startsWith(resolve(root) + sep)) return undefined
  const type = types[extname(wanted)]
  if (!type) return undefined
  try {
    const [real, realRoot] = await Promise.all([realpath(wanted), realpath(root)])
    if (!real.startsWith(realRoot + sep)) return undefined
    const found = await stat(real)
    return found.isFile() ? { path: real, type, bytes: found.size, isImmutable: hashedName.test(real) } : undefined
  } catch {
    return undefined
  }
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
