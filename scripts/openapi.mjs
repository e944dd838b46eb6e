// Writes docs/api/openapi.json from the contract table. A test fails when it is not current.
import { mkdirSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '../src/service/http/openapi.ts'

mkdirSync('docs/api', { recursive: true })
writeFileSync('docs/api/openapi.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`)
console.log('docs/api/openapi.json is written')
