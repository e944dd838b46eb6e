import { afterAll, beforeAll, expect, it } from 'vitest'
import { call, get, registerHolder, secondToken, startTestService, type TestService } from '../support/service.ts'

let service: TestService
beforeAll(async () => {
  service = await startTestService()
}, 60_000)
afterAll(() => service.stop())

type Asked = { questions: { number: number; email: string; text: string }[] }
const open = (after = 0) => get<Asked>(service, `/v1/operator/questions?after=${after}`, { token: service.operatorToken })
const mailsTo = async (email: string) =>
  (await get<{ mails: { to: string; subject: string; text: string }[] }>(service, '/v1/sandbox/mailbox')).mails.filter(
    mail => mail.to === email,
  )

it('a question gets a number, waits in line, and its answer is told in the app and by mail', async () => {
  const lin = await registerHolder(service)
  const answer = await lin.does('question.ask', { about: 'Payment LB-1', text: 'Why was it refused?\n谢谢' })
  const number = answer.ok ? (answer.question?.number ?? 0) : 0
  expect(number).toBeGreaterThan(0)
  expect((await open()).questions.at(-1)).toMatchObject({ number, email: lin.email, text: 'Why was it refused?\n谢谢' })
  const { last } = await lin.feed()
  await get(service, `/v1/operator/questions/${number}/answer`, { body: { text: 'It was over the limit.' }, token: service.operatorToken })
  const { rows } = await lin.feed(last)
  expect(rows.map(row => row.event)).toMatchObject([
    { type: 'question', question: { number, state: 'answered', answer: 'It was over the limit.' } },
  ])
  expect((await open()).questions.some(question => question.number === number)).toBe(false)
  const answered = (await mailsTo(lin.email)).filter(mail => mail.text.includes('It was over the limit.'))
  expect(answered).toHaveLength(1)
  expect(answered[0]?.text).toContain('Why was it refused?')
})

it('numbers are never given twice, however many ask at once', async () => {
  const lin = await registerHolder(service)
  const answers = await Promise.all(Array.from({ length: 20 }, () => lin.does('question.ask', { about: 'a', text: 'b' })))
  const numbers = answers.map(answer => (answer.ok ? answer.question?.number : undefined))
  expect(new Set(numbers).size).toBe(20)
})

it('an answer to a question that nobody asked is refused', async () => {
  const reply = await call(service, '/v1/operator/questions/99999/answer', { body: { text: 'x' }, token: service.operatorToken })
  expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

it('a lock of the service and its end are told in the feed and by mail, once', async () => {
  const lin = await registerHolder(service)
  const { last } = await lin.feed()
  const email = ` ${lin.email.toUpperCase()} `
  const lock = () => get(service, '/v1/operator/account-locks', { body: { email, reason: 'review' }, token: service.operatorToken })
  const unlock = (token: string) => get(service, '/v1/operator/account-locks/removal', { body: { email }, token })
  await lock()
  await lock()
  await unlock(service.operatorToken)
  await unlock(secondToken)
  const { rows } = await lin.feed(last)
  const at = new Date(service.ports.clock()).toISOString()
  expect(rows.map(row => (row.event.type === 'profile' ? row.event.profile.securityHoldSince : 'other'))).toEqual([at, at, null])
  expect(await mailsTo(lin.email)).toHaveLength(4)
})
