import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { CommandBody, CommandType } from '#contracts/service/commands.ts'
import type { FeedEvent } from '#contracts/service/feed.ts'
import { type CommandAnswer, commandAnswer } from '#contracts/service/money.ts'
import { signedText } from '#contracts/service/signing.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { composeService, type Service } from '#service/compose.ts'
import { defaultConfig, type ServiceConfig } from '#service/config.ts'
import { createHttpServer } from '#service/http/server.ts'
import type { LogLine, Mailer } from '#service/ports.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { type Door, doorTo } from '../support/door.ts'
import { endlessSessions } from '../support/service.ts'

export const operatorToken = 'operator-token-of-the-tests'
/** Until the check holds, or the time is over. */
export const eventually = <T>(check: () => T | Promise<T>, timeout = 15_000): Promise<T> => vi.waitFor(check, { timeout, interval: 20 })

export const newId = (): string => uuidV7(Date.now(), randomBytes(10))

type Options = { readonly config?: Partial<ServiceConfig>; readonly mailer?: Mailer; readonly startAt?: number; readonly path?: string }

/** A real service: real HTTP, real SQLite on disk, and a clock that the test moves. */
export async function realService({ config: own = {}, mailer, startAt, path = join(tmpdir(), `okpay-${newId()}.db`) }: Options = {}) {
  const limits = { ...defaultConfig.limits, anonymousBurst: 100_000, fileBytes: 2 ** 31, requestMs: 600_000 }
  const config: ServiceConfig = {
    ...defaultConfig,
    sandbox: true,
    fetchRates: false,
    operatorToken,
    limits,
    sessions: endlessSessions,
    ...own,
  }
  const lines: LogLine[] = []
  const log = { info: (line: LogLine) => lines.push(line), error: (line: LogLine) => lines.push(line) }
  let offset = startAt === undefined ? 0 : startAt - Date.now()
  const store = openServiceStore({ path, key: null })
  let url = ''
  const service: Service = await composeService({
    store,
    config,
    log,
    url: () => url,
    clock: () => Date.now() + offset,
    ...(mailer && { mailer }),
  })
  const server = createHttpServer({ config, log, ports: () => service.ports, random: randomBytes })
  url = await server.listen()

  return {
    ...doorTo(url, operatorToken),
    path,
    lines,
    ports: service.ports,
    serviceId: async () => service.ports.identity.serviceId,
    now: () => Date.now() + offset,
    moves: (ms: number) => {
      offset += ms
    },
    stop: async ({ keep = false } = {}) => {
      await server.close()
      await service.close()
      if (!keep) for (const tail of ['', '-wal', '-shm']) await rm(path + tail, { force: true })
    },
  }
}

export type RealService = Awaited<ReturnType<typeof realService>>

export const newDevice = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return { privateKey, device: { publicKey: x, name: 'Test laptop', system: 'Linux' } }
}

export const codeIn = (text: string): string => /\b(\d{6})\b/.exec(text)?.[1] ?? ''

export const goodPassword = 'seven quiet rivers bend'

/** What a person needs of a service, in this process or another. */
type PersonsDoor = Pick<Door, 'call' | 'mails' | 'now' | 'serviceId'>

/** A person who registered over HTTP with a code from the sandbox's mailbox. */
export async function registered(service: PersonsDoor, email = `person-${newId()}@example.org`, name = 'Ana Li') {
  const { device, privateKey } = newDevice()
  const begun = await service.call('POST', '/v1/registrations', { email, locale: 'en' })
  const id = begun.body.registrationId
  const [mail] = await service.mails()
  await service.call('POST', `/v1/registrations/${id}/verification`, { code: codeIn(mail.text) })
  const form = { name, country: 'DE', bornOn: '1990-05-17', password: goodPassword, timeZone: 'Europe/Berlin', device }
  const { status, body } = await service.call('POST', `/v1/registrations/${id}/account`, form)
  if (status !== 200) throw new Error(`not registered: ${JSON.stringify(body)}`)
  return person(service, email, body.token, body.deviceId, privateKey, body.profile.holderId)
}

function person(service: PersonsDoor, email: string, token: string, deviceId: string, key: KeyObject, holderId: string) {
  const command = async <T extends CommandType>(type: T, body: CommandBody<T>, id = newId()): Promise<CommandAnswer> => {
    const wish = { id, type, body, madeAt: new Date(service.now()).toISOString() }
    const text = signedText(await service.serviceId(), deviceId, wish)
    const signature = sign(null, Buffer.from(text), key).toString('base64url')
    const answer = await service.call('POST', '/v1/commands', { ...wish, signature }, token)
    return commandAnswer.parse(answer.body)
  }
  const events = async (): Promise<readonly FeedEvent[]> => {
    const rows: { event: FeedEvent }[] = []
    for (;;) {
      const page = await service.call('GET', `/v1/feed?after=${rows.length}`, undefined, token)
      rows.push(...page.body.rows)
      if (page.body.rows.length === 0 || rows.length >= page.body.last) return rows.map(({ event }) => event)
    }
  }
  return {
    email,
    token,
    holderId,
    command,
    events,
    topsUp: async (currency: 'EUR' | 'USD' | 'KWD' | 'JPY', value: string) => {
      await command('currencies.open', { currencies: [currency] })
      const answer = await command('top_up.create', { amount: { currency, value } })
      if (!answer.ok || !answer.topUp) throw new Error(`no top-up: ${JSON.stringify(answer)}`)
      return answer.topUp
    },
    /** The last that the feed said of it. */
    topUp: async (id: string) => {
      const all = (await events()).flatMap(event => (event.type === 'top_up' && event.topUp.id === id ? [event.topUp] : []))
      return all.at(-1)
    },
    balance: async (currency: string): Promise<string> => {
      const all = (await events()).flatMap(event => ('balance' in event && event.balance.currency === currency ? [event.balance] : []))
      return all.at(-1)?.posted.value ?? 'none'
    },
    postings: async () => (await events()).flatMap(event => (event.type === 'posting' ? [event.posting] : [])),
  }
}

export type Person = Awaited<ReturnType<typeof registered>>
