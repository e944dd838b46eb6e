import { z } from 'zod'
import { fileRoutes, routes } from '#contracts/service/index.ts'
import { problem } from '#contracts/service/problem.ts'
import type { Route } from '#contracts/service/route.ts'

type Json = Record<string, unknown>

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any', reused: 'inline' })
  return schema
}

const pathNames = (path: string): readonly string[] => [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '')

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Splits the one input of a route into parameters (of the path, and of a query) and a body. */
function requestOf(name: string, route: Route): Json {
  const input = schemaOf(route.input, 'input')
  const properties = isRecord(input['properties']) ? input['properties'] : {}
  const required = Array.isArray(input['required']) ? input['required'] : []
  const inPath = pathNames(route.path)
  const isFile = fileRoutes.includes(name)
  const inQuery = route.method === 'GET' || isFile ? Object.keys(properties).filter(key => !inPath.includes(key)) : []
  const parameter = (key: string, place: 'path' | 'query'): Json => ({
    name: key,
    in: place,
    required: place === 'path' || required.includes(key),
    schema: properties[key],
  })
  const parameters = [...inPath.map(key => parameter(key, 'path')), ...inQuery.map(key => parameter(key, 'query'))]
  const inBody = Object.keys(properties).filter(key => !inPath.includes(key) && !inQuery.includes(key))
  const body: Json = {
    ...input,
    properties: Object.fromEntries(inBody.map(key => [key, properties[key]])),
    required: required.filter(key => inBody.includes(key)),
  }
  const json = { required: true, content: { 'application/json': { schema: body } } }
  const file = { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
  const requestBody = isFile ? file : inBody.length > 0 ? json : undefined
  return { ...(parameters.length > 0 ? { parameters } : {}), ...(requestBody ? { requestBody } : {}) }
}

const security: Readonly<Record<Route['caller'], readonly Json[]>> = {
  anyone: [],
  sandbox: [],
  session: [{ session: [] }],
  signer: [{ session: [] }],
  device: [{ session: [] }],
  operator: [{ operator: [] }],
}

const operationOf = (name: string, route: Route): Json => ({
  operationId: name,
  summary: route.summary,
  security: security[route.caller],
  ...requestOf(name, route),
  responses: {
    200: { description: 'Done', content: { 'application/json': { schema: schemaOf(route.output, 'output') } } },
    default: {
      description: 'Refused or failed; `code` is a decline or a fault of OKPAY',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
    },
  },
})

/** The OpenAPI 3.1 document of the service's API, made from the contract table alone. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {}
  for (const [name, route] of Object.entries<Route>(routes))
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route) }
  return {
    openapi: '3.1.0',
    info: { title: 'OKPAY service', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { problem: schemaOf(problem, 'output') },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of a session' },
        operator: { type: 'http', scheme: 'bearer', description: "The operator's token" },
      },
    },
  }
}
