// Writes docs/api/openapi.json from the contract table; with --check it writes nothing and fails where the file is not current.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '../src/service/http/openapi.ts'

const path = 'docs/api/openapi.json'
const current = `${JSON.stringify(openApiDocument(), null, 2)}\n`

function written() {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (process.argv.includes('--check')) {
  if (written() !== current) {
    process.stdout.write(`${path} does not say what the contracts say. Run "npm run openapi".\n`)
    process.exit(1)
  }
} else {
  mkdirSync('docs/api', { recursive: true })
  writeFileSync(path, current)
  process.stdout.write(`${path} is written\n`)
}
