// Builds when what is built is older than its source. "Older" is told by content, so that a checkout or a touch alone builds nothing.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
const stampPath = join(root, 'out', '.stamp')
const lockPath = join(root, 'node_modules', '.okpay-build.lock')
const sources = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const betweenLooksMs = 250

/** Every source file with its size and time of change, sorted by path. */
function listSources() {
  const found = []
  const visit = path => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (!stat) return
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`)
    else found.push({ path, mark: `${path} ${stat.size} ${stat.mtimeMs}` })
  }
  for (const source of sources) visit(source)
  return found
}

/** Two stamps of the source: `seen` is quick to take and changes with any touch, `content` changes with the content alone. */
function takeStamp() {
  const files = listSources()
  const seen = createHash('sha256')
    .update(files.map(({ mark }) => mark).join('\n'))
    .digest('hex')
  const content = () => {
    const hash = createHash('sha256')
    for (const { path } of files)
      hash
        .update(`${path}\n`)
        .update(readFileSync(join(root, path)))
        .update('\n')
    return hash.digest('hex')
  }
  return { seen, content }
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'))
  } catch {
    return undefined
  }
}

/** @returns 'fresh', or why it has to be built: 'first' or 'changed'. */
function stateOfBuild() {
  const built = readStamp()
  if (!built || !existsSync(join(root, 'out/main/loopback.js'))) return 'first'
  const now = takeStamp()
  if (built.seen === now.seen) return 'fresh'
  const content = now.content()
  if (built.content !== content) return 'changed'
  writeFileSync(stampPath, JSON.stringify({ seen: now.seen, content }))
  return 'fresh'
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Lets one process build at a time; whoever waited looks again whether there is still something to do. */
async function withLock(work) {
  for (;;) {
    try {
      const file = openSync(lockPath, 'wx')
      writeFileSync(file, String(process.pid))
      closeSync(file)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = Number(readFileSync(lockPath, { encoding: 'utf8', flag: 'a+' }))
      if (holder > 0 && !isAlive(holder)) rmSync(lockPath, { force: true })
      await new Promise(done => setTimeout(done, betweenLooksMs))
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lockPath, { force: true })
  }
}

function runBuild() {
  return new Promise(done => {
    const child = spawn(process.execPath, [builder, 'build'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        said += chunk
      })
    child.on('error', error => done({ code: 1, said: error.message }))
    child.on('close', code => done({ code: code ?? 1, said }))
  })
}

/**
 * Builds where it is needed; ends the process with what the build said where it fails.
 * @param say told one line when there is something to build.
 */
export async function ensureBuilt(say) {
  if (stateOfBuild() === 'fresh') return
  if (!existsSync(builder)) {
    process.stderr.write('What OKPAY is built with is not installed. Run "npm ci" in its folder first.\n')
    process.exit(1)
  }
  await withLock(async () => {
    const state = stateOfBuild()
    if (state === 'fresh') return
    say(state === 'first' ? 'Building OKPAY (first start)...' : 'Building OKPAY (its source has changed)...')
    const stamp = takeStamp()
    const content = stamp.content()
    const { code, said } = await runBuild()
    if (code !== 0) {
      process.stderr.write(said)
      rmSync(lockPath, { force: true })
      process.exit(1)
    }
    mkdirSync(join(root, 'out'), { recursive: true })
    writeFileSync(stampPath, JSON.stringify({ seen: stamp.seen, content }))
  })
}
