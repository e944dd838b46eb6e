import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { CommandBody, CommandType } from '#contracts/service/commands.ts'
import type { FeedPage } from '#contracts/service/feed.ts'
import type { CommandAnswer } from '#contracts/service/money.ts'
import { signedText } from '#contracts/service/signing.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { parseDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { Order } from '#core/payment/order.ts'
import { composeService, type Service } from '#service/compose.ts'
import { defaultConfig, defaultHttpLimits, type HttpLimits, type ServiceConfig } from '#service/config.ts'
import { createOrder, type OrderDraft } from '#service/features/order/createOrder.ts'
import { createHttpServer, type HttpServer } from '#service/http/server.ts'
import type { LogLine, Mailer, PlaceOf, ServicePorts, SigningKeys } from '#service/ports.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'

const never = 1e15
/** A test that moves the clock by months says by itself when sessions end. */
export const endlessSessions = { idleMs: never, ageMs: never, tokenMs: never }

/** Where the clock of a test stands at first: a Sunday at noon in Shanghai. */
export const testStart = Date.parse('2026-11-22T04:00:00.000Z')

export type TestServiceOptions = {
  /** Its own standing clock where none is given. */
  readonly clock?: () => number
  readonly smtpUrl?: string
  readonly mailer?: Mailer
  readonly placeOf?: PlaceOf
  /** How many changes may be under way. */
  readonly mostChanges?: number
  readonly config?: Partial<Omit<ServiceConfig, 'limits'>> & { readonly limits?: Partial<HttpLimits> }
}

/** Of the operator who is called `second`. */
export const secondToken = 'second-operator-of-the-tests'

/** A real service: its own encrypted file, its own port of the loopback, HTTP and socket. */
export type TestService = {
  readonly url: string
  readonly operatorToken: string
  readonly ports: ServicePorts
  /** What it wrote to its log. */
  readonly log: readonly LogLine[]
  /** Puts its own clock forward. */
  moves(ms: number): void
  /** Ends it and begins it anew on the same port, on the same file or on the book that `elsewhere` makes of it. */
  restarts(elsewhere?: (folder: string, key: Buffer) => Promise<ServiceStore>): Promise<void>
  stop(): Promise<void>
}

/** All that a caller from outside needs of a service, in this process or another. */
export type ServiceDoor = {
  readonly url: string
  readonly ports: Pick<ServicePorts, 'clock'> & { readonly identity: Pick<ServicePorts['identity'], 'serviceId'> }
}

type Running = { readonly service: Service; readonly server: HttpServer; readonly url: string }

/** Starts a service in this process. Its clock stands still until it is moved, unless one is given. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-service-'))
  const key = randomBytes(32)
  const operatorToken = randomBytes(24).toString('base64url')
  const log: LogLine[] = []
  const keep = (line: LogLine) => log.push(line)
  const mostChanges = options.mostChanges === undefined ? {} : { mostChanges: options.mostChanges }
  let offset = 0
  const clock = options.clock ?? (() => testStart + offset)
  const start = async (port: number, given?: ServiceStore): Promise<Running> => {
    const config: ServiceConfig = {
      ...defaultConfig,
      sandbox: true,
      fetchRates: false,
      sessions: endlessSessions,
      operatorToken,
      operators: [{ name: 'second', token: secondToken }],
      smtpUrl: options.smtpUrl ?? null,
      port,
      ...options.config,
      limits: { ...defaultHttpLimits, anonymousBurst: 100_000, ...options.config?.limits },
    }
    let url = ''
    const store = given ?? openServiceStore({ path: join(folder, 'service.db'), key })
    const logs = { info: keep, error: keep }
    const service = await composeService({
      store,
      config,
      log: logs,
      clock,
      url: () => url,
      ...(options.mailer ? { mailer: options.mailer } : {}),
      ...(options.placeOf ? { placeOf: options.placeOf } : {}),
    })
    const server = createHttpServer({ config, log: logs, ports: () => service.ports, random: bytes => randomBytes(bytes), ...mostChanges })
    url = await server.listen()
    return { service, server, url }
  }
  const end = async ({ service, server }: Running) => {
    service.ports.waiters.close()
    await server.close()
    await service.close()
  }
  let running = await start(0)
  return {
    operatorToken,
    log,
    get url() {
      return running.url
    },
    get ports() {
      return running.service.ports
    },
    moves: ms => {
      offset += ms
    },
    restarts: async elsewhere => {
      const { port } = new URL(running.url)
      await end(running)
      // Callers in this process learn first that their idle connections are closed.
      await pause(20)
      running = await start(Number(port), await elsewhere?.(folder, key))
    },
    stop: async () => {
      await end(running)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The keys of the service as they stand now. */
export const signingOf = ({ ports }: Pick<TestService, 'ports'>): Promise<SigningKeys> => ports.store.read(ports.identity.signing)

export type Reply = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }

type Ask = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Record<string, string>
}

/** One HTTP call; the body comes as an object. */
export async function call(
  service: Pick<TestService, 'url'>,
  path: string,
  { method, body, token, headers = {} }: Ask = {},
): Promise<Reply> {
  const response = await fetch(service.url + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { text }, headers: response.headers }
}

/** As `call`, and throws what is not a success. */
export async function get<T = Record<string, unknown>>(service: Pick<TestService, 'url'>, path: string, ask: Ask = {}): Promise<T> {
  const { status, body } = await call(service, path, ask)
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
  return body as T
}

export type DeviceKey = { readonly privateKey: KeyObject; readonly publicKey: string }

export function newDeviceKey(): DeviceKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }
}

type CommandOptions = {
  readonly id?: string
  readonly madeAt?: string
  readonly signature?: string
  readonly asDevice?: string
  readonly key?: KeyObject
}

/** A registered person with a device of their own. */
export type TestHolder = {
  readonly email: string
  readonly password: string
  readonly holderId: string
  readonly deviceId: string
  readonly token: string
  readonly key: DeviceKey
  /** Sends a signed command, whatever comes back. */
  sends<T extends CommandType>(type: T, body: CommandBody<T>, options?: CommandOptions): Promise<Reply>
  /** As `sends`, and throws what is not a command's answer. */
  does<T extends CommandType>(type: T, body: CommandBody<T>, options?: CommandOptions): Promise<CommandAnswer>
  feed(after?: number, waitMs?: number): Promise<FeedPage>
  /** Available minor units; undefined where the currency is not opened. */
  available(currency: CurrencyCode): Promise<bigint | undefined>
}

export const newId = (): string => uuidV7(Date.now(), randomBytes(10))

/** A signed command as it goes over the wire. */
export function signedCommand(
  service: ServiceDoor,
  device: { readonly deviceId: string; readonly key: DeviceKey },
  type: CommandType,
  body: Record<string, unknown>,
  {
    id = newId(),
    madeAt = new Date(service.ports.clock()).toISOString(),
    signature,
    asDevice = device.deviceId,
    key = device.key.privateKey,
  }: CommandOptions,
) {
  const command = { id, type, body, madeAt }
  const text = signedText(service.ports.identity.serviceId, asDevice, command)
  return { ...command, signature: signature ?? sign(null, Buffer.from(text), key).toString('base64url') }
}

export function holderOf(
  service: ServiceDoor,
  {
    email,
    password,
    key,
    token,
    deviceId,
    profile,
  }: { email: string; password: string; key: DeviceKey; token: string; deviceId: string; profile: { holderId: string } },
): TestHolder {
  const { holderId } = profile
  const sends: TestHolder['sends'] = (type, body, options = {}) =>
    call(service, '/v1/commands', { token, body: signedCommand(service, { deviceId, key }, type, body, options) })
  return {
    email,
    password,
    key,
    token,
    deviceId,
    holderId,
    sends,
    does: async (type, body, options) => {
      const reply = await sends(type, body, options)
      if (reply.status !== 200) throw new Error(`${type} answered ${reply.status}: ${JSON.stringify(reply.body)}`)
      return reply.body as unknown as CommandAnswer
    },
    feed: (after = 0, waitMs = 0) => get<FeedPage>(service, `/v1/feed?after=${after}&waitMs=${waitMs}`, { token }),
    available: currency => availableIn(service, token, currency),
  }
}

/** What the feed says at last of a balance. */
async function availableIn(service: ServiceDoor, token: string, currency: CurrencyCode): Promise<bigint | undefined> {
  let after = 0
  let available: bigint | undefined
  for (;;) {
    const { rows, last } = await get<FeedPage>(service, `/v1/feed?after=${after}`, { token })
    for (const { n, event } of rows) {
      after = n
      if ((event.type === 'balance' || event.type === 'posting') && event.balance.currency === currency)
        available = parseDecimal(currency, event.balance.available.value)?.minor
    }
    if (after >= last) return available
  }
}

export type NewHolder = {
  readonly email?: string
  readonly country?: string
  readonly timeZone?: string
  readonly locale?: string
  readonly name?: string
}

/** Registers a person by the real routes; the code comes from the sandbox's mailbox. */
export async function registerHolder(service: ServiceDoor, options: NewHolder = {}): Promise<TestHolder> {
  const {
    email = `person-${randomBytes(6).toString('hex')}@okpay.example`,
    country = 'SG',
    timeZone = 'Asia/Singapore',
    name = 'Lin Wei',
  } = options
  const password = 'seven lamps over quiet harbour'
  const { registrationId } = await get<{ registrationId: string }>(service, '/v1/registrations', {
    body: { email, locale: options.locale ?? 'en' },
  })
  const { mails } = await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
  const code = /\b\d{6}\b/.exec(mails.find(mail => mail.to === email)?.text ?? '')?.[0]
  await get(service, `/v1/registrations/${registrationId}/verification`, { body: { code } })
  const key = newDeviceKey()
  const device = { publicKey: key.publicKey, name: 'Test device', system: 'test' }
  const session = await get<{ token: string; deviceId: string; profile: { holderId: string } }>(
    service,
    `/v1/registrations/${registrationId}/account`,
    {
      body: { name, country, bornOn: '1990-05-17', password, timeZone, device },
    },
  )
  return holderOf(service, { email, password, key, ...session })
}

/** Opens the currency and puts money on it by a real top-up: instructions, the simulated bank's camt.053, the importer. */
export async function topUp(service: ServiceDoor, holder: TestHolder, currency: CurrencyCode, value: string): Promise<void> {
  await holder.does('currencies.open', { currencies: [currency] })
  const answer = await holder.does('top_up.create', { amount: { currency, value } })
  if (!answer.ok || !answer.topUp) throw new Error(`no top-up: ${JSON.stringify(answer)}`)
  await get(service, `/v1/sandbox/top-ups/${answer.topUp.id}/transfer`, { body: {}, token: holder.token })
}

/** An order of a test's own shop. */
export function makeOrder(service: TestService, currency: CurrencyCode, value: string, draft: Partial<OrderDraft> = {}): Promise<Order> {
  const minor = parseDecimal(currency, value)?.minor ?? 0n
  const { ports } = service
  return ports.store.write(tx =>
    createOrder(
      tx,
      ports,
      {
        shop: { id: 'shop-test', name: 'Test Books', verified: true, sandbox: true },
        shopReference: 'TB-1',
        lines: [{ title: 'A book', quantity: 1, minor }],
        currency,
        returnUrl: null,
        onlyIn: null,
        ...draft,
      },
      ports.clock(),
    ),
  )
}

/** What a payer sends to pay an order as they saw it. */
export const confirmation = (order: Order, value: string): CommandBody<'payment.confirm'> => ({
  orderCode: order.code,
  shopId: order.shop.id,
  total: { currency: order.currency, value },
})
