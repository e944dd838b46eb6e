import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createSmtpMailer, parseSmtpUrl } from '#service/mail/smtp.ts'
import { writeMail } from '#service/mail/write.ts'
import type { MailRecord } from '#storage/featureRepositories.ts'
import type { RealService } from './realService.ts'
import { codeIn, eventually, newId, realService } from './realService.ts'

type Arrived = { readonly from: string; readonly to: readonly string[]; readonly raw: string }

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A real SMTP server on this computer that keeps what arrives. */
async function peer(options: SMTPServerOptions = {}) {
  const arrived: Arrived[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onData: (stream, session, done) => {
      const pieces: Buffer[] = []
      stream.on('data', piece => pieces.push(piece))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        arrived.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(of => of.address), raw: Buffer.concat(pieces).toString() })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  closing.push(() => new Promise<void>(done => server.close(() => done())))
  const { port } = server.server.address() as AddressInfo
  return { arrived, port, url: `smtp://127.0.0.1:${port}` }
}

async function serviceWith(url: string): Promise<RealService> {
  const mailer = createSmtpMailer(url, 'OKPAY <no-reply@okpay.example>', { connectMs: 500, greetingMs: 500, silenceMs: 500 })
  const service = await realService({ mailer })
  closing.push(() => service.stop())
  return service
}

const textOf = (raw: string): string => {
  const [, ...body] = raw.split('\r\n\r\n')
  const joined = body.join('\r\n\r\n')
  return /base64/i.test(raw) ? Buffer.from(joined, 'base64').toString() : joined
}
const register = (service: RealService, email: string, locale = 'en') => service.call('POST', '/v1/registrations', { email, locale })
const queue = (service: RealService) => service.ports.store.read(tx => tx.mails.troubled())
const errors = (service: RealService) => service.lines.filter(({ event }) => event.startsWith('mail_'))

describe('a mail by a real server', () => {
  it('arrives with a code that works, and its text is gone from the book', async () => {
    const { arrived, url } = await peer()
    const service = await serviceWith(url)
    const email = `ana-${newId()}@example.org`
    const { body } = await register(service, email)
    expect(body.deliveredBy).toBe('smtp')
    await eventually(() => expect(arrived).toHaveLength(1))
    expect(arrived[0]).toMatchObject({ from: 'no-reply@okpay.example', to: [email] })
    const raw = arrived[0]?.raw ?? ''
    expect(raw).toMatch(/^Subject: Your code for OKPAY\r$/m)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    const verified = await service.call('POST', `/v1/registrations/${body.registrationId}/verification`, { code: codeIn(textOf(raw)) })
    expect(verified.body).toEqual({ verified: true })
    await eventually(async () => {
      const kept = await service.ports.store.read(tx => tx.mails.claim(Number.MAX_SAFE_INTEGER, 0, 10))
      expect(kept).toEqual([])
    })
    expect((await service.mails()) satisfies unknown[]).toEqual([])
  })

  it('arrives in Chinese whole', async () => {
    const { arrived, url } = await peer()
    const service = await serviceWith(url)
    await register(service, 'wang@example.org', 'zh-CN')
    await eventually(() => expect(arrived).toHaveLength(1))
    expect(textOf(arrived[0]?.raw ?? '')).toContain('您的验证码是')
  })

  it('that the server refuses for now is tried again until it takes it', async () => {
    let refusals = 0
    const { arrived, url } = await peer({
      onRcptTo: ({ address }, _session, done) => {
        if (address !== 'ana@example.org' || refusals === 2) return done()
        refusals += 1
        done(Object.assign(new Error('try later'), { responseCode: 451 }))
      },
    })
    const service = await serviceWith(url)
    expect((await register(service, 'ana@example.org')).status).toBe(200)
    for (const [tries, waitMs] of [5_000, 15_000].entries()) {
      await eventually(() => expect(errors(service)).toHaveLength(tries + 1))
      await eventually(async () => expect(await queue(service)).toEqual({ retried: 1, failed: 0 }))
      expect(errors(service)[tries]).toMatchObject({ event: 'mail_retried', cause: 'EENVELOPE 451' })
      service.moves(waitMs)
      await service.ports.store.write(tx => tx.mails.add({ ...wake, id: newId() }))
    }
    await eventually(() => expect(arrived.map(({ to }) => to[0])).toContain('ana@example.org'))
    expect(JSON.stringify(service.lines)).not.toContain('ana@example.org')
  })

  it('that was put off by a clock that ran ahead leaves soon after it is set right', async () => {
    let refusals = 0
    const { arrived, url } = await peer({
      onRcptTo: (_address, _session, done) =>
        refusals++ === 0 ? done(Object.assign(new Error('try later'), { responseCode: 451 })) : done(),
    })
    const service = await serviceWith(url)
    service.moves(86_400_000)
    await register(service, 'ana@example.org')
    await eventually(async () => expect(await queue(service)).toEqual({ retried: 1, failed: 0 }))
    service.moves(-86_400_000)
    await service.ports.store.write(tx => tx.mails.add({ ...wake, id: newId() }))
    await eventually(() => expect(arrived.map(({ to }) => to[0])).toContain('ana@example.org'))
  })

  it('to a recipient that the server does not have is given up', async () => {
    const { url } = await peer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    })
    const service = await serviceWith(url)
    await register(service, 'nobody@example.org')
    await eventually(async () => expect(await queue(service)).toEqual({ retried: 0, failed: 1 }))
    expect(errors(service)[0]).toMatchObject({ event: 'mail_given_up', cause: 'EENVELOPE 550' })
  })

  it.each([
    ['says nothing', () => undefined],
    ['hangs up', (socket: import('node:net').Socket) => socket.destroy()],
    ['greets and then says nothing', (socket: import('node:net').Socket) => socket.write('220 ready\r\n')],
    ['talks nonsense', (socket: import('node:net').Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('waits where the server %s; registering goes on', async (_, behave) => {
    const silent: Server = createServer(socket => {
      socket.on('error', () => undefined)
      behave(socket)
      closing.push(() => socket.destroy())
    })
    await new Promise<void>(done => silent.listen(0, '127.0.0.1', done))
    closing.push(() => new Promise<void>(done => silent.close(() => done())))
    const { port } = silent.address() as AddressInfo
    const service = await serviceWith(`smtp://127.0.0.1:${port}`)
    expect((await register(service, 'ana@example.org')).status).toBe(200)
    await eventually(async () => expect(await queue(service)).toEqual({ retried: 1, failed: 0 }))
  })

  it('waits where there is no server at all', async () => {
    const { port, url } = await peer()
    await closing.pop()?.()
    const service = await serviceWith(url)
    expect((await register(service, 'ana@example.org')).status).toBe(200)
    await eventually(() => expect(errors(service)[0]).toMatchObject({ cause: expect.stringMatching(/^E(SOCKET|CONNECTION)/) }))
    expect(port).toBeGreaterThan(0)
  })

  it('is not given to a server whose certificate nobody vouches for', async () => {
    const { arrived, port } = await peer({ secure: true })
    const service = await serviceWith(`smtps://127.0.0.1:${port}`)
    await register(service, 'ana@example.org')
    await eventually(() => expect(errors(service)).toHaveLength(1))
    expect(arrived).toEqual([])
  })

  it('of a real service without a mail server waits, and the operator sees it and why', async () => {
    const service = await realService({ config: { sandbox: false } })
    closing.push(() => service.stop())
    expect((await register(service, 'ana@example.org')).status).toBe(200)
    await eventually(() => expect(errors(service)[0]).toMatchObject({ event: 'mail_retried', cause: 'ENOSERVER' }))
    await eventually(async () =>
      expect((await service.call('GET', '/readyz')).body).toEqual({ ready: true, mails: { retried: 1, failed: 0 } }),
    )
  })

  it('is given up when its code has become too old', async () => {
    const service = await serviceWith('smtp://127.0.0.1:1')
    await register(service, 'ana@example.org')
    await eventually(() => expect(errors(service)).toHaveLength(1))
    service.moves(599_000)
    await service.ports.store.write(tx => tx.mails.add({ ...wake, id: newId() }))
    await eventually(() => expect(errors(service).map(({ event }) => event)).toContain('mail_given_up'))
  })
})

/** Another mail in the outbox, which makes the delivery look at all that is due. */
const wake: Omit<MailRecord, 'id'> = {
  holderId: null,
  ...{ to: 'other@example.org', subject: 'x', text: 'x', state: 'queued', by: 'smtp', createdAt: 0, goodUntil: Number.MAX_SAFE_INTEGER },
  ...{ tries: 0, nextTryAt: 0, sentAt: null, problem: null },
}

describe('what a mail says', () => {
  const sender = { name: 'OKPAY', supportEmail: 'help@okpay.example', sandbox: false }

  it('holds no header of the sender’s making, whatever a person or a device is called', () => {
    const evil = 'Ana\r\nBcc: all@example.org\u202e\u0007'
    const { subject, text } = writeMail('en', { kind: 'newDevice', name: evil, device: evil, at: 0, timeZone: 'Europe/Berlin' }, sender)
    expect(subject).not.toMatch(/[\r\n]/)
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e/u)
    expect(text).not.toMatch(/^Bcc:/m)
  })

  it('is in the language of the person, English where there is none for it', () => {
    const subject = (locale: string) => writeMail(locale, { kind: 'hasAccount' }, sender).subject
    expect([subject('zh-CN'), subject('zh-Hans-SG'), subject('de-DE')]).toEqual([
      '您已经有 OKPAY 账户',
      '您已经有 OKPAY 账户',
      'You already have an account with OKPAY',
    ])
  })

  it('tells times in the person’s time zone, and in UTC where that is unknown', () => {
    const at = Date.parse('2026-11-22T10:42:00Z')
    const text = (timeZone: string) => writeMail('en', { kind: 'securityHold', reason: 'risk', name: 'Ana', at, timeZone }, sender).text
    expect(text('Asia/Shanghai')).toContain('6:42')
    expect(text('Nowhere/At all')).toContain('UTC')
  })

  it('keeps braces and quotes of people as they are', () => {
    const letter = { kind: 'answered', name: `O'Hara {x}`, number: 7, question: 'Why {amount}?\nAnd', answer: `Because '{'` } as const
    const { text } = writeMail('en', letter, sender)
    expect(text).toContain(`O'Hara {x}`)
    expect(text).toContain('Why {amount}?\nAnd')
    expect(text).toContain(`Because '{'`)
  })
})

describe('the address of the mail server', () => {
  it('has the port and the security of its scheme', () => {
    expect(parseSmtpUrl('smtp://mail.example.org')).toEqual({ host: 'mail.example.org', port: 587, secure: false })
    expect(parseSmtpUrl('smtps://a%40b:p%3Aw@[::1]')).toEqual({ host: '::1', port: 465, secure: true, auth: { user: 'a@b', pass: 'p:w' } })
  })

  it.each(['', 'mail.example.org', 'http://mail.example.org', 'smtp://'])('%j is none', text => {
    expect(() => parseSmtpUrl(text)).toThrow(TypeError)
  })
})
