import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateSync } from 'otplib'
import { expect, test } from 'vitest'
import { createLog } from '#service/program/log.ts'
import { call, registerHolder } from '../support/service.ts'
import { newId, scenario } from './world.ts'

/** Every line of a wallet's own log. */
const walletLog = (dataDir: string): string =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.log(?:\.\d+)?$/.test(entry.name))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n')

const codeIn = (text: string | undefined): string => /\b\d{6}\b/.exec(text ?? '')?.[0] ?? ''

scenario(
  'what a person types and is given stands in no log of the service or the wallet',
  async ({ alice, another, shop, service, clock }) => {
    const wrong = 'nine wrong anchors rust alone'
    const next = 'eleven amber foxes keep the mill'
    const planted = [alice.email, 'Lin Meihua', 'a quiet violet engine hums', wrong, next, service.operatorToken]

    const { secret, uri } = await alice.get('secondFactor.setUpApp', {})
    const code = () => generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) })
    const { codes } = await alice.get('secondFactor.confirmApp', { code: code() })
    planted.push(secret, uri, ...codes)
    const second = await another()
    expect(await second.ask('account.signIn', { email: alice.email, password: wrong })).toMatchObject({ code: 'credentials_wrong' })
    const begun = await second.get('account.signIn', { email: alice.email, password: 'a quiet violet engine hums' })
    if (begun.state !== 'second_factor') throw new Error('nobody asked for a code')
    const { challengeId } = begun.challenge
    await second.ask('account.answerSignIn', { challengeId, way: 'recovery', code: 'AAAAA-BBBBB' })
    await second.get('account.answerSignIn', { challengeId, way: 'recovery', code: codes[0] ?? '' })
    planted.push(challengeId)

    await clock.moves(61_000)
    const { resetId } = await second.get('account.startReset', { email: alice.email })
    const { mails } = await second.get('account.mailbox', {})
    const mailed = codeIn(mails.find(({ to }) => to === alice.email)?.text)
    planted.push(resetId, mailed)
    await second.get('account.finishReset', { resetId, code: mailed, password: next, factor: { way: 'recovery', code: codes[1] ?? '' } })

    await alice.has('EUR', '54321.09')
    await alice.confirms(await shop.asks('EUR', '5.43'))
    await alice.get('contacts.save', {
      id: newId(),
      name: 'Ottoline Quagmire',
      email: 'ottoline@quagmire.example',
      note: 'the blue lighthouse',
    })
    planted.push('54321.09', 'Quagmire', 'quagmire', 'lighthouse')

    // What is refused and what fails says no more than what is done.
    const holder = await registerHolder(service)
    planted.push(holder.token, holder.email, holder.password)
    await call(service, `/v1/nothing/${holder.token}?password=${encodeURIComponent(next)}`, { token: holder.token })
    await call(service, '/v1/sessions', { method: 'POST', body: `{"password":"${next}"`, token: holder.token })
    await call(service, '/v1/operator/statements?file=a.xml', {
      method: 'POST',
      token: service.operatorToken,
      headers: { 'content-type': 'application/octet-stream' },
      body: `<Document><Quagmire>${next}</Quagmire>`,
    })

    const written: string[] = []
    const log = createLog(line => written.push(line), true)
    for (const line of service.log) log.info(line)
    const logs = [written.join(''), walletLog(alice.dataDir), walletLog(second.dataDir)]
    for (const text of logs) expect(text.split('\n').length, 'a log that was read').toBeGreaterThan(2)
    for (const secret of planted) for (const text of logs) expect(text.includes(secret), secret).toBe(false)
  },
)

test('what an error of a library says of a secret is not written', () => {
  const written: string[] = []
  const token = 'q3Jx8kTz0VdPa7LmNc5RyWbEuHs2GfKi'
  const causes = [
    `SyntaxError: Unexpected token 'h', "hunter2 is my pass" is not valid JSON`,
    'Error: 550 5.1.1 <lin@okpay.example>: Recipient address rejected',
    `Error: Authorization Bearer ${token} was not taken`,
    'error: Key (code)=(839201) already exists.',
    `Error: duplicate 'lin wei' SQLITE_CONSTRAINT_FOREIGNKEY`,
  ]
  const log = createLog(line => written.push(line), true)
  for (const cause of causes) log.error({ event: 'fault', cause })
  for (const secret of ['hunter2', 'lin@okpay.example', token, '839201', 'lin wei']) expect(written.join('')).not.toContain(secret)
  expect(written[0]).toContain('SyntaxError: Unexpected token')
  expect(written[4]).toContain('SQLITE_CONSTRAINT_FOREIGNKEY')
})
