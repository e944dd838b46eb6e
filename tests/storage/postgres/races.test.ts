import { expect, type TestContext, test } from 'vitest'
import { newId, operatorToken, registered } from '../../service/realService.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'
import type { PostgresServer } from '../../support/postgresServer.ts'
import { balancer, hasEuro, orderOfOneBook, startInstance, wishToPay } from './instance.ts'

const postgres = postgresOfThisFile()
const slowly = 60_000

/** Two processes on one database, and a line to both. */
async function twoInstances(context: TestContext) {
  const server: PostgresServer = await postgres(context)
  const url = await server.database()
  const [one, two] = await Promise.all([startInstance(url), startInstance(url)])
  return { server, one, two, door: balancer(one, two).door }
}

const codesOf = (answers: readonly { ok: boolean; decline?: { code: string } }[]): string[] =>
  answers.map(answer => (answer.ok ? 'paid' : (answer.decline?.code ?? 'none'))).sort()

test(
  'of two people who pay one order at two instances at once, one pays it',
  async context => {
    const { one, door } = await twoInstances(context)
    const people = [await registered(door), await registered(door)]
    for (const person of people) await hasEuro(person, door, '100.00')
    for (let round = 0; round < 4; round += 1) {
      const code = await orderOfOneBook(one)
      const wishes = await Promise.all(people.map(person => wishToPay(person, one, code)))
      const answers = await Promise.all(
        people.map((person, n) => person.command('payment.confirm', wishes[n]?.body ?? never(), wishes[n]?.id)),
      )
      expect(codesOf(answers)).toEqual(['order_already_paid', 'paid'])
    }
    const left = await Promise.all(people.map(person => person.balance('EUR')))
    expect(left.map(Number).reduce((sum, value) => sum + value, 0)).toBe(200 - 4 * 18.5)
  },
  slowly,
)

test(
  'one command that comes to two instances at once, many times, is done once and answered the same',
  async context => {
    const { one, door } = await twoInstances(context)
    const ana = await registered(door)
    await hasEuro(ana, door, '100.00')
    const wish = await wishToPay(ana, one, await orderOfOneBook(one))
    const answers = await Promise.all(Array.from({ length: 8 }, () => ana.command('payment.confirm', wish.body, wish.id)))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(codesOf(answers)).toEqual(Array.from({ length: 8 }, () => 'paid'))
    expect(await ana.balance('EUR')).toBe('81.50')
  },
  slowly,
)

test(
  'a daily limit and a balance hold against payments that race over two instances',
  async context => {
    const { one, door } = await twoInstances(context)
    const [ana, bob] = [await registered(door), await registered(door)]
    await hasEuro(ana, door, '500.00')
    await hasEuro(bob, door, '40.00')
    const limit = { email: ana.email, kind: 'per_day', amount: { currency: 'EUR', value: '60.00' } }
    expect((await door.call('POST', '/v1/operator/limits', limit, operatorToken)).status).toBe(200)
    const pays = async (person: typeof ana) => {
      const wishes = await Promise.all(Array.from({ length: 6 }, async () => wishToPay(person, one, await orderOfOneBook(one))))
      return Promise.all(wishes.map(({ id, body }) => person.command('payment.confirm', body, id)))
    }
    const [limited, poor] = await Promise.all([pays(ana), pays(bob)])
    expect(codesOf(limited)).toEqual(['over_daily_limit', 'over_daily_limit', 'over_daily_limit', 'paid', 'paid', 'paid'])
    expect(codesOf(poor)).toEqual([...Array.from({ length: 4 }, () => 'insufficient_funds'), 'paid', 'paid'])
    expect(await ana.balance('EUR')).toBe('444.50')
    expect(await bob.balance('EUR')).toBe('3.00')
    const numbers = (await door.call('GET', '/v1/feed?after=0', undefined, ana.token)).body.rows.map(({ n }: { n: number }) => n)
    expect(numbers).toEqual(numbers.map((_: number, index: number) => index + 1))
  },
  slowly,
)

test(
  'asking for many codes at many instances at once sends one',
  async context => {
    const { door } = await twoInstances(context)
    const email = `flood-${newId()}@example.org`
    const asked = await Promise.all(Array.from({ length: 10 }, () => door.call('POST', '/v1/registrations', { email, locale: 'en' })))
    const codes = asked.map(({ status, body }) => (status === 200 ? 'sent' : body.code))
    expect(codes.filter(code => code === 'sent')).toHaveLength(1)
    expect(codes.filter(code => code === 'code_resend_wait')).toHaveLength(9)
  },
  slowly,
)

test(
  'whether it is ready says whether PostgreSQL is there, and it goes on when that is back',
  async context => {
    const { server, one, door } = await twoInstances(context)
    const ana = await registered(door)
    const ready = async () => (await fetch(`${one.door.url}/readyz`)).status
    expect(await ready()).toBe(200)
    await server.crash()
    expect(await ready()).toBe(503)
    expect((await fetch(`${one.door.url}/healthz`)).status).toBe(200)
    expect((await door.call('GET', '/v1/feed?after=0', undefined, ana.token)).body.code).toBe('service_offline')
    await server.start()
    expect(await ready()).toBe(200)
    await hasEuro(ana, door, '20.00')
    expect(one.said()).not.toContain(server.password)
  },
  slowly,
)

function never(): never {
  throw new Error('a wish is missing')
}
