// Checks each room with its own tsconfig, so that a room sees only the types that it may use. Exit 1 where one fails.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

const projects = [...readdirSync('src').map(room => `src/${room}`), 'tests'].filter(dir => existsSync(`${dir}/tsconfig.json`))

const check = dir =>
  new Promise(done => {
    const tsc = spawn('npx', ['--no-install', 'tsc', '-p', dir, '--pretty', 'false'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    })
    let said = ''
    tsc.stdout.on('data', chunk => {
      said += chunk
    })
    tsc.on('close', code => done({ dir, code, said }))
  })

let failed = 0
for (const dir of process.argv[2] ? process.argv.slice(2) : projects) {
  const { code, said } = await check(dir)
  if (code === 0 || said.includes('TS18003')) continue
  failed += 1
  process.stdout.write(said)
}
process.exit(failed ? 1 : 0)
