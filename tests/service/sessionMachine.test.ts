import { sign } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotationText } from '#contracts/service/signing.ts'
import { defaultSessionRules } from '#core/account/session.ts'
import { fuzzRuns } from '../support/fuzz.ts'
import {
  call,
  get,
  holderOf,
  newDeviceKey,
  registerHolder,
  startTestService,
  type TestHolder,
  type TestService,
} from '../support/service.ts'

const minute = 60_000
const day = 24 * 60 * minute

let service: TestService
beforeAll(async () => {
  service = await startTestService({ config: { sessions: defaultSessionRules } })
}, 60_000)
afterAll(() => service.stop())

/** What the rules say of a device and its tokens, written a second time and by hand. */
type Token = { readonly text: string; readonly madeAt: number; replacedAt: number | null }
type Seat = { readonly holder: TestHolder; readonly startedAt: number; usedAt: number; isEnded: boolean; tokens: Token[] }

function standing(
  seat: Seat,
  token: Token,
  now: number,
): 'good' | 'session_stale' | 'session_expired' | 'device_revoked' | 'not_signed_in' {
  if (!seat.tokens.includes(token)) return 'not_signed_in'
  if (seat.isEnded) return 'device_revoked'
  if (now >= seat.startedAt + 180 * day || now >= seat.usedAt + 30 * day) return 'session_expired'
  return now >= (token.replacedAt === null ? token.madeAt + day : token.replacedAt + 2 * minute) ? 'session_stale' : 'good'
}

type Act =
  | { readonly act: 'rests'; readonly ms: number }
  | { readonly act: 'signs in' }
  | { readonly act: 'asks' | 'signs out'; readonly seat: number; readonly token: number }
  | { readonly act: 'exchanges'; readonly seat: number; readonly token: number; readonly isLost: boolean }
  | { readonly act: 'revokes'; readonly seat: number; readonly token: number; readonly other: number }

const seat = fc.nat(3)
const token = fc.nat(5)
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constant('rests' as const),
      ms: fc.constantFrom(minute, 2 * minute, 59 * minute, day - 1, day, 29 * day, 30 * day),
    }),
    fc.record({ act: fc.constant('signs in' as const) }),
    { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('asks' as const, 'asks' as const, 'signs out' as const), seat, token }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('exchanges' as const), seat, token, isLost: fc.boolean() }) },
    fc.record({ act: fc.constant('revokes' as const), seat, token, other: seat }),
  ),
  { minLength: 4, maxLength: 14 },
)

const one = <T>(list: readonly T[], at: number): T => {
  const found = list[at % list.length]
  if (found === undefined) throw new Error('the list is empty')
  return found
}
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => (status === 200 ? 'good' : body['code'])

/** A device, every token it ever had (`all`), and what is done to it in the service and in the model at once. */
async function lives(plan: readonly Act[]): Promise<void> {
  const seats: Seat[] = []
  const all: { readonly seat: Seat; readonly tokens: Token[] }[] = []
  const now = () => service.ports.clock()
  const sits = (holder: TestHolder) => {
    const first: Token = { text: holder.token, madeAt: now(), replacedAt: null }
    const fresh: Seat = { holder, startedAt: now(), usedAt: now(), isEnded: false, tokens: [first] }
    seats.push(fresh)
    all.push({ seat: fresh, tokens: [first] })
  }
  const owner = await registerHolder(service)
  sits(owner)
  const heard = (of: Seat) => {
    if (now() - of.usedAt >= 60 * minute) of.usedAt = now()
  }
  const asks = async (of: Seat, by: Token) => {
    const expected = standing(of, by, now())
    expect(codeOf(await call(service, '/v1/feed?after=0', { token: by.text }))).toBe(expected)
    if (expected === 'good') heard(of)
  }
  const does = async (step: Act): Promise<void> => {
    if (step.act === 'rests') return service.moves(step.ms)
    if (step.act === 'signs in') {
      const key = newDeviceKey()
      const device = { publicKey: key.publicKey, name: 'Phone', system: 'test' }
      const { email, password } = owner
      type Session = { token: string; deviceId: string; profile: { holderId: string } }
      const session = await get<Session>(service, '/v1/sessions', { body: { email, password, device } })
      return sits(holderOf(service, { email, password, key, ...session }))
    }
    const { seat: of, tokens } = one(all, step.seat)
    const by = one(tokens, step.token)
    const expected = standing(of, by, now())
    const mayLeave = expected === 'good' || expected === 'session_stale'
    switch (step.act) {
      case 'asks':
        return asks(of, by)
      case 'signs out': {
        const reply = await call(service, '/v1/sessions/current', { method: 'DELETE', token: by.text })
        expect(codeOf(reply)).toBe(mayLeave ? 'good' : expected)
        if (mayLeave) of.isEnded = true
        return
      }
      case 'exchanges': {
        const at = new Date(now()).toISOString()
        const text = rotationText(service.ports.identity.serviceId, of.holder.deviceId, at)
        const signature = sign(null, Buffer.from(text), of.holder.key.privateKey).toString('base64url')
        const reply = await call(service, '/v1/sessions/current/token', { token: by.text, body: { at, signature } })
        expect(codeOf(reply)).toBe(mayLeave ? 'good' : expected)
        if (!mayLeave) return
        of.tokens = of.tokens.filter(({ replacedAt }) => replacedAt === null || replacedAt >= now() - 30 * day)
        for (const old of of.tokens) old.replacedAt ??= now()
        const fresh: Token = { text: String(reply.body['token']), madeAt: now(), replacedAt: null }
        of.tokens.push(fresh)
        // An answer that was lost is a token that the service has and nobody ever sends.
        if (!step.isLost) tokens.push(fresh)
        return
      }
      case 'revokes': {
        const other = one(seats, step.other)
        const sender = holderOf(service, { ...of.holder, token: by.text, profile: { holderId: owner.holderId } })
        const reply = await sender.sends('device.revoke', { deviceId: other.holder.deviceId })
        if (expected !== 'good') return expect(codeOf(reply)).toBe(expected)
        heard(of)
        const isDone = reply.body['ok'] === true
        expect(isDone).toBe(other !== of && !other.isEnded)
        if (isDone) other.isEnded = true
        return
      }
    }
  }
  for (const step of plan) await does(step)
  for (const { seat: of, tokens } of all) for (const by of tokens) await asks(of, by)
}

test('whatever its devices do in whatever order, a token is good for what the rules say and for nothing else', async () => {
  await fc.assert(fc.asyncProperty(acts, lives), { numRuns: fuzzRuns(10), endOnFailure: true })
}, 60_000)
