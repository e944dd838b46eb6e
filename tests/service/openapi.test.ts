import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { routes } from '#contracts/service/index.ts'
import { openApiDocument } from '#service/http/openapi.ts'

describe('docs/api/openapi.json', () => {
  it('is what the contract table makes (npm run openapi writes it)', () => {
    const written: unknown = JSON.parse(readFileSync('docs/api/openapi.json', 'utf8'))
    expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
  })

  it('holds every route once, with its path parameters', () => {
    const text = JSON.stringify(openApiDocument())
    for (const name of Object.keys(routes)) expect(text.split(`"operationId":"${name}"`)).toHaveLength(2)
    for (const name of ['registrationId', 'code', 'number', 'id']) expect(text).toContain(`{"name":"${name}","in":"path","required":true`)
  })
})
