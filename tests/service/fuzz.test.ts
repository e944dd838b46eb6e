import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandType, commandBodies } from '#contracts/service/commands.ts'
import { fileRoutes, type RouteName, routes } from '#contracts/service/index.ts'
import { commandAnswer } from '#contracts/service/money.ts'
import { problem } from '#contracts/service/problem.ts'
import type { Route } from '#contracts/service/route.ts'
import { fuzzRuns, oddly } from '../support/fuzz.ts'
import { type Reply, registerHolder, startTestService, type TestHolder, type TestService, topUp } from '../support/service.ts'
import { isDeclineStatus } from './statuses.ts'

let service: TestService
let holder: TestHolder
beforeAll(async () => {
  service = await startTestService()
  holder = await registerHolder(service)
  await topUp(service, holder, 'EUR', '50.00')
}, 60_000)
afterAll(() => service.stop())

/** Such as a lone surrogate that no URL can hold. */
const inUrl = (value: unknown): string => encodeURIComponent(String(value).toWellFormed()) || '%20'

async function send(name: string, route: Route, input: unknown): Promise<Pick<Reply, 'status'> & { body: unknown }> {
  const token = route.caller === 'operator' ? service.operatorToken : holder.token
  const members = typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : undefined
  const left = new Map(Object.entries(members ?? {}))
  const path = route.path.replaceAll(/\{(\w{1,40})\}/g, (_, member: string) => {
    const value = left.get(member)
    left.delete(member)
    return inUrl(value).slice(0, 280)
  })
  // Nobody waits for news here.
  if (name === 'feed') left.delete('waitMs')
  const query = route.method === 'GET' || fileRoutes.includes(name) ? [...left].map(([key, value]) => `${inUrl(key)}=${inUrl(value)}`) : []
  const body = fileRoutes.includes(name) ? JSON.stringify(input) : JSON.stringify(members ? Object.fromEntries(left) : input)
  const response = await fetch(`${service.url}${path}?${query.join('&').slice(0, 4_000)}`, {
    method: route.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(route.method === 'POST' ? { 'content-type': fileRoutes.includes(name) ? 'application/octet-stream' : 'application/json' } : {}),
    },
    ...(route.method === 'POST' ? { body } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const faultsLogged = () => service.log.filter(line => line.event === 'fault' || line.code === 'unexpected')

/** Leaving ends the session that all is asked with. */
const all = (Object.entries<Route>(routes) as [RouteName, Route][]).filter(([name]) => name !== 'signOut')

describe('whatever is sent, a route answers by its contract or refuses in words', () => {
  it.each(all)('%s', async (name, route) => {
    const tried = async (input: unknown) => {
      const { status, body } = await send(name, route, input)
      expect(faultsLogged()).toEqual([])
      expect(status).toBeLessThan(500)
      if (status === 200) route.output.parse(body)
      else expect([413, 429].includes(status) || isDeclineStatus(problem.parse(body))).toBe(true)
    }
    await fc.assert(fc.asyncProperty(oddly(route.input), tried), { numRuns: fuzzRuns(5) })
  })

  it.each(['/v1/orders/%F0%9', `/v1/orders/${'a'.repeat(400)}`, '/%', '/v1/%00'])('%s, which is no path', async path => {
    const response = await fetch(service.url + path, { headers: { authorization: `Bearer ${holder.token}` } })
    const text = await response.text()
    expect(response.status).toBeLessThan(500)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(problem.parse(JSON.parse(text)).code).toMatch(/^(input_invalid|not_found)$/)
    expect(text).not.toContain('%')
  })
})

describe('whatever is signed, a command answers once and the same again', () => {
  it.each(Object.entries(commandBodies).filter(([type]) => type !== 'device.revoke'))('%s', async (type, contract) => {
    const tried = async (body: unknown) => {
      const content = typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : { body }
      const { status, body: answer } = await holder.sends(type as CommandType, content as never)
      expect(faultsLogged()).toEqual([])
      if (status === 200) commandAnswer.parse(answer)
      else expect(isDeclineStatus(problem.parse(answer))).toBe(true)
    }
    await fc.assert(fc.asyncProperty(oddly(contract), tried), { numRuns: fuzzRuns(6) })
  })
})

describe('what proves who calls', () => {
  const spoilt = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 250 }),
    fc.tuple(fc.nat(42), fc.constantFrom('A', '=', '.', '%', ' ', '"', '~')).map(([at, odd]) => {
      const wrong = `${holder.token.slice(0, at)}${odd}${holder.token.slice(at + 1)}`
      return `Bearer ${wrong === holder.token ? `${odd}${wrong}` : wrong}`
    }),
  )

  it('spoilt anywhere is the session of nobody', async () => {
    const tried = async (authorization: string) => {
      fc.pre(/^[\t\x20-\x7e]*$/.test(authorization) && authorization.trim() !== '')
      const response = await fetch(`${service.url}/v1/feed?after=0`, { headers: { authorization } })
      expect([response.status, problem.parse(await response.json()).code]).toEqual([401, 'not_signed_in'])
    }
    await fc.assert(fc.asyncProperty(spoilt, tried), { numRuns: fuzzRuns(40) })
  })
})
