import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandBody, type CommandType, commandBodies } from '#contracts/service/commands.ts'
import { type RouteName, routes } from '#contracts/service/index.ts'
import { problem } from '#contracts/service/problem.ts'
import type { Caller, Route } from '#contracts/service/route.ts'
import type { DeclineCode } from '#core/failure/declines.ts'
import { riskCase } from '../conformance/serviceRows.ts'
import {
  call,
  confirmation,
  get,
  makeOrder,
  newId,
  registerHolder,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'
import { isDeclineStatus } from './statuses.ts'

/** What one holder has, for another to reach for. */
type Things = {
  readonly topUpId: string
  /** Of a payment that looked unusual. */
  readonly alertId: string
  readonly changeId: string
  /** Of a document. */
  readonly address: string
  readonly proofs: Readonly<Record<'password' | 'mailOff' | 'line' | 'unfreeze', string>>
}

/**
 * Whose the thing is that a route is about. `nobodys`: the same for everybody. `knowers`: an id or a code that nobody can guess, for whoever was given it.
 * `callers`: all that it tells or changes is the caller's own, and no input names another's. Else the input that names another's thing, and its refusal.
 */
type Whose =
  | 'nobodys'
  | 'knowers'
  | 'callers'
  | 'operators'
  | { readonly taking: (things: Things) => object; readonly refused: DeclineCode }

const password = 'seven lamps over quiet harbour'
const fresh = 'nine slow barges pass the lock'
const passport = { kind: 'passport', country: 'DE', number: 'C01X00T47', endsOn: null, mrz: '' } as const
const line = { currency: 'EUR', value: '999.00' }

/** Whose each route's thing is: without its line here a new route does not compile. */
const rows: Readonly<Record<RouteName, Whose>> = {
  describe: 'nobodys',
  register: 'nobodys',
  resendCode: 'knowers',
  verifyCode: 'knowers',
  complete: 'knowers',
  signIn: 'nobodys',
  signOut: 'callers',
  changePassword: {
    taking: ({ proofs }) => ({ old: password, password: fresh, proof: proofs.password, endOthers: false }),
    refused: 'second_factor_required',
  },
  startReset: 'nobodys',
  finishReset: 'knowers',
  stopReset: 'callers',
  rates: 'nobodys',
  mailbox: 'nobodys',
  accountLock: 'callers',
  freezeAccount: 'callers',
  unfreezeAccount: { taking: ({ proofs }) => ({ password, proof: proofs.unfreeze }), refused: 'not_found' },
  lockAccount: 'operators',
  unlockAccount: 'operators',
  locksOfAccount: 'operators',
  contactDetails: 'callers',
  startContactChange: 'callers',
  finishContactChange: { taking: ({ changeId }) => ({ changeId, code: '123456' }), refused: 'not_found' },
  devices: 'callers',
  rotateSession: 'callers',
  // Each command has a row of its own, below.
  command: 'callers',
  feed: 'callers',
  snapshot: 'callers',
  order: 'knowers',
  topUpOffer: 'callers',
  simulateTransfer: { taking: ({ topUpId }) => ({ id: topUpId }), refused: 'not_found' },
  importStatement: 'operators',
  waiting: 'operators',
  setLimit: 'operators',
  refuseLimit: 'operators',
  riskQueue: 'operators',
  riskCase: 'operators',
  riskDecide: 'operators',
  riskNote: 'operators',
  riskShadow: 'operators',
  riskUse: 'operators',
  limitRequests: 'operators',
  questions: 'operators',
  answer: 'operators',
  rotateKey: 'operators',
  roots: 'nobodys',
  inclusions: 'callers',
  writePersonal: 'callers',
  readPersonal: 'callers',
  identity: 'callers',
  addDocument: 'callers',
  removeDocument: { taking: ({ address }) => ({ address }), refused: 'not_found' },
  documentPage: { taking: ({ address }) => ({ address, page: 0 }), refused: 'not_found' },
  identityQueue: 'operators',
  identityOf: 'operators',
  identityPage: 'operators',
  answerIdentity: 'operators',
  safety: 'callers',
  mailsSent: 'callers',
  setMailPhrase: 'callers',
  setUpApp: 'callers',
  confirmApp: 'callers',
  turnOff: { taking: ({ proofs }) => ({ way: 'mail', proof: proofs.mailOff }), refused: 'second_factor_required' },
  turnOnMail: 'callers',
  renewRecovery: 'callers',
  setLine: {
    taking: ({ proofs }) => ({ line, proof: proofs.line }),
    refused: 'second_factor_required',
  },
  challenge: 'callers',
  sendChallengeCode: 'knowers',
  answerChallenge: 'knowers',
}

type WhoseCommand<T extends CommandType> =
  | 'callers'
  | 'knowers'
  | { readonly taking: (things: Things) => CommandBody<T>; readonly refused: DeclineCode }

/** As `rows`, for what a signed command is about. */
const commands: { readonly [T in CommandType]: WhoseCommand<T> } = {
  'currencies.open': 'callers',
  'top_up.create': 'callers',
  'top_up.cancel': { taking: ({ topUpId }) => ({ topUpId }), refused: 'not_found' },
  // The shop shows a code to the payer alone; whoever pays pays with their own money.
  'payment.confirm': 'knowers',
  'order.cancel': 'knowers',
  'limit.set': 'callers',
  'limit.ask_raise': 'callers',
  'limit.move_day': 'callers',
  'question.ask': 'callers',
  'identity.details': 'callers',
  'identity.document': { taking: ({ address }) => ({ revision: 0, document: passport, files: [address] }), refused: 'not_found' },
  'identity.financial': {
    taking: ({ address }) => ({
      revision: 0,
      financial: { occupation: 'employed', source: 'salary', monthly: '1000' },
      files: [address],
    }),
    refused: 'not_found',
  },
  'risk.answer': { taking: ({ alertId }) => ({ alertId, mine: false }), refused: 'not_found' },
  'device.rename': { taking: () => ({ deviceId: owner.deviceId, name: 'Mine now' }), refused: 'not_found' },
  'device.revoke': { taking: () => ({ deviceId: owner.deviceId }), refused: 'not_found' },
}

/** Ways in which a holder's money is kept from going out, and what is told. */
const locks: Readonly<Record<string, { readonly set: (holder: TestHolder) => Promise<unknown>; readonly told: DeclineCode }>> = {
  'a security hold': {
    set: ({ email }) => get(service, '/v1/operator/account-locks', { token: service.operatorToken, body: { email, reason: 'risk' } }),
    told: 'security_hold',
  },
  'a lock of their own': {
    set: ({ token }) => get(service, '/v1/account-lock', { token, body: {} }),
    told: 'account_locked',
  },
}

/** A merchant holds no token of the service: a shop's orders are made by its own pages, and its balance is read by nobody over HTTP. */
const tokens: Readonly<Record<string, () => string | undefined>> = {
  nobody: () => undefined,
  'a made-up token': () => randomBytes(32).toString('base64url'),
  holder: () => owner.token,
  'another holder': () => other.token,
  ...Object.fromEntries(Object.keys(locks).map(name => [`holder under ${name}`, () => locked.get(name)?.token])),
  operator: () => service.operatorToken,
}
const holders = Object.keys(tokens).filter(name => name.includes('holder'))
const allowed: Readonly<Record<Caller, readonly string[]>> = {
  anyone: Object.keys(tokens),
  sandbox: Object.keys(tokens),
  session: holders,
  signer: holders,
  device: holders,
  operator: ['operator'],
}

let service: TestService
let owner: TestHolder
let other: TestHolder
let things: Things
const locked = new Map<string, TestHolder>()
const all = Object.entries<Route>(routes) as [RouteName, Route][]

beforeAll(async () => {
  service = await startTestService()
  owner = await registerHolder(service, { name: 'Ottoline Quagmire' })
  other = await registerHolder(service)
  for (const [name, { set }] of Object.entries(locks)) {
    const holder = await registerHolder(service)
    await topUp(service, holder, 'EUR', '5.00')
    await set(holder)
    locked.set(name, holder)
  }
  await topUp(service, owner, 'EUR', '20.00')
  const made = await owner.does('top_up.create', { amount: { currency: 'EUR', value: '7.77' } })
  const wish = { kind: 'email', email: 'ottoline@quagmire.example' }
  const step = await get<{ changeId: string }>(service, '/v1/contact-details/changes', {
    token: owner.token,
    body: { wish, password, proof: null },
  })
  for (const holder of [owner, other]) {
    const { token } = holder
    await get(service, '/v1/second-factor/mail', { token, body: { proof: await provedBy(holder, { kind: 'mail_on' }) } })
    await get(service, '/v1/second-factor/line', { token, body: { line: { currency: 'EUR', value: '1.00' }, proof: null } })
  }
  things = {
    alertId: await alertOf(owner),
    topUpId: made.ok ? (made.topUp?.id ?? '') : '',
    changeId: step.changeId,
    address: await documentOf(owner),
    proofs: {
      password: await provedBy(owner, { kind: 'password' }),
      mailOff: await provedBy(owner, { kind: 'mail_off' }),
      line: await provedBy(owner, { kind: 'line', amount: line }),
      unfreeze: await provedBy(owner, { kind: 'unfreeze' }),
    },
  }
}, 60_000)
afterAll(() => service.stop())

async function documentOf({ token }: TestHolder): Promise<string> {
  const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#9ab' } })
    .jpeg()
    .toBuffer()
  const response = await fetch(`${service.url}/v1/identity/documents?step=document`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(photo),
  })
  return String((await response.json()).address)
}

/** A payment of theirs that asks for a code, and got none. */
async function alertOf({ holderId, deviceId }: TestHolder): Promise<string> {
  const id = newId()
  await service.ports.store.write(tx =>
    tx.riskCases.add({ ...riskCase, id, holderId, deviceId, state: 'asked', holdId: null, endsAt: null }),
  )
  return id
}

/** A challenge that its holder answered, for an act of theirs. */
async function provedBy(holder: TestHolder, act: object): Promise<string> {
  service.moves(61_000)
  const { challengeId } = await get<{ challengeId: string }>(service, '/v1/challenges', {
    token: holder.token,
    body: { act },
  })
  await get(service, `/v1/challenges/${challengeId}/code`, { body: {} })
  const { mails } = await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
  const code = /\b\d{6}\b/.exec(mails.find(({ to }) => to === holder.email)?.text ?? '')?.[0]
  await get(service, `/v1/challenges/${challengeId}/answer`, { body: { way: 'mail', code } })
  return challengeId
}

/** Calls a route with an input put where it belongs: the path, the query or the body. */
function ask(route: Route, input: object, token: string | undefined) {
  const left = new Map(Object.entries(input))
  const path = route.path.replaceAll(/\{(\w{1,40})\}/g, (_, name: string) => {
    const value = String(left.get(name) ?? newId())
    left.delete(name)
    return value
  })
  const rest = Object.fromEntries(left)
  const query = route.method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
  return call(service, path + query, {
    method: route.method,
    ...(route.method === 'POST' ? { body: rest } : {}),
    ...(token === undefined ? {} : { token }),
  })
}

/** What a question needs besides the caller. */
const questions: Partial<Record<RouteName, object>> = {
  feed: { after: 0 },
  snapshot: { after: 0 },
  readPersonal: { after: 0 },
  roots: { from: '2026-11-01' },
  inclusions: { day: '2026-11-21' },
}

describe('every route is open to whom its contract names and to nobody else', () => {
  it.each(all)('%s', async (name, route) => {
    for (const [who, token] of Object.entries(tokens)) {
      const may = allowed[route.caller].includes(who)
      // It would end the session that the rest is asked with, or stop the money that the rest pays with.
      if ((name === 'signOut' || name === 'freezeAccount') && may) continue
      const { status, body } = await ask(route, questions[name] ?? {}, token())
      if (may) expect([who, [401, 403].includes(status)]).toEqual([who, false])
      else expect([who, status, body['code']]).toEqual([who, 401, 'not_signed_in'])
      if (status !== 200) expect(isDeclineStatus(problem.parse(body))).toBe(true)
    }
  })

  it.each([...new Set(all.map(([, { path }]) => path))])('%s by another method says by which it is there', async path => {
    const served = all.filter(([, route]) => route.path === path).map(([, { method }]) => method as string)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(one => !served.includes(one))) {
      const reply = await fetch(service.url + path.replaceAll(/\{\w{1,40}\}/g, newId()), { method })
      expect([method, reply.status, reply.headers.get('allow')]).toEqual([method, 405, served.join(', ')])
      expect(problem.parse(await reply.json()).code).toBe('input_invalid')
    }
  })
})

describe('what is somebody’s is nobody else’s', () => {
  it('whoever a route is for, its row says so', () => {
    for (const [name, { caller }] of all) {
      if (caller === 'operator') expect([name, rows[name]]).toEqual([name, 'operators'])
      if (caller === 'anyone' || caller === 'sandbox')
        expect([name, ['nobodys', 'knowers'].includes(String(rows[name]))]).toEqual([name, true])
      if (['session', 'signer', 'device'].includes(caller))
        expect([name, ['nobodys', 'operators'].includes(String(rows[name]))]).toEqual([name, false])
    }
  })

  const marks = () => [owner.holderId, owner.deviceId, owner.email, things.topUpId, things.changeId, things.address, 'quagmire', 'Quagmire']
  const told = (text: string) => marks().filter(mark => text.includes(mark))
  const asking = all.filter(([name, { method }]) => method === 'GET' && rows[name] === 'callers')

  it('what the owner is told of holds their marks, so that the next test can fail', async () => {
    const answers = await Promise.all(asking.map(([name, route]) => ask(route, questions[name] ?? {}, owner.token)))
    expect(told(JSON.stringify(answers.map(({ body }) => body)))).toEqual(
      expect.arrayContaining([owner.holderId, owner.deviceId, owner.email, things.topUpId, things.address]),
    )
  })

  it.each(asking)('%s tells another nothing of it', async (name, route) => {
    const answer = await ask(route, questions[name] ?? {}, other.token)
    expect(told(JSON.stringify(answer.body))).toEqual([])
  })

  it.each(all.filter(([name]) => typeof rows[name] === 'object'))('%s is refused to another', async (name, route) => {
    const row = rows[name]
    if (typeof row !== 'object') throw new Error('no row')
    const { body } = await ask(route, row.taking(things), other.token)
    expect(body['code']).toBe(row.refused)
    expect(told(JSON.stringify(body))).toEqual([])
  })

  it.each(Object.keys(commandBodies) as CommandType[])('the command %s', async type => {
    const row: WhoseCommand<CommandType> = commands[type]
    if (typeof row !== 'object') return expect(['callers', 'knowers']).toContain(row)
    const before = (await owner.feed()).last
    const answer = await other.does(type, row.taking(things))
    expect(answer).toMatchObject({ ok: false, decline: { code: row.refused } })
    expect((await owner.feed()).last).toBe(before)
  })

  it('and what was reached for is whole', async () => {
    expect(await ask(routes.simulateTransfer, { id: things.topUpId }, owner.token)).toMatchObject({ status: 200 })
    expect(await ask(routes.turnOff, { way: 'mail', proof: things.proofs.mailOff }, owner.token)).toMatchObject({ status: 200 })
    expect(await ask(routes.finishContactChange, { changeId: things.changeId, code: '000000' }, owner.token)).toMatchObject({
      body: { code: 'code_wrong' },
    })
  })
})

describe.each(Object.entries(locks))('under %s', (name, { told }) => {
  const holder = () => locked.get(name) ?? owner

  it('no money goes out', async () => {
    const order = await makeOrder(service, 'EUR', '1.00')
    expect(await holder().does('payment.confirm', confirmation(order, '1.00'))).toMatchObject({ ok: false, decline: { code: told } })
    expect(await holder().available('EUR')).toBe(500n)
  })

  it('money comes in, and one can look and ask', async () => {
    await topUp(service, holder(), 'EUR', '2.00')
    expect(await holder().available('EUR')).toBe(700n)
    expect(await holder().does('question.ask', { about: '', text: 'why?' })).toMatchObject({ ok: true })
  })
})
