import { Agent } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { verify } from '#service/program/verify.ts'
import { readBook } from '#storage/postgres/service/bookReader.ts'
import { openBook } from '../../load/books.ts'
import { makePayments, type SignedPayment } from '../../load/payers.ts'
import { type ServedBook, sendPayment, serveBook } from '../../load/service.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const payments = 600
const payers = 32
const lines = 48

test('an instance that is killed in the middle of batches into one hot account loses nothing and doubles nothing', async context => {
  const server = await postgres(context)
  const url = await server.database()
  const signed = await makePayments({ url }, payers, ['lumen'], payments)
  const [one, two] = await Promise.all([serveBook({ url }), serveBook({ url })])
  onTestFinished(() => Promise.all([one.kill(), two.kill()]).then(() => undefined))
  expect(one.serviceId).toBe(two.serviceId)
  const all = signed(one.serviceId)
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const sent = (payment: SignedPayment, to: ServedBook): Promise<string | undefined> =>
    sendPayment(agent, to.url, payment).catch(() => undefined)

  // Both take batches into the same shop, until one of them is gone: what it was asked is not answered.
  const first = new Map<SignedPayment, string>()
  let next = 0
  let answeredByOne = 0
  let killed: Promise<void> | undefined
  const line = async (n: number): Promise<void> => {
    const to = n % 2 === 0 ? one : two
    for (let payment = all[next++]; payment; payment = all[next++]) {
      const answer = await sent(payment, to)
      if (answer === undefined) return
      first.set(payment, answer)
      if (to === one) answeredByOne += 1
      if (first.size > payments / 3) killed ??= one.kill()
    }
  }
  await Promise.all(Array.from({ length: lines }, (_, n) => line(n)))
  await killed
  expect(answeredByOne).toBeGreaterThan(lines)

  // Each is asked again at the other one: what was answered is answered so again, and what was not is done once.
  const unanswered = all.filter(payment => !first.has(payment))
  expect(unanswered.length).toBeGreaterThan(0)
  for (let n = 0; n < all.length; n += lines)
    await Promise.all(
      all.slice(n, n + lines).map(async payment => {
        const answer = await sent(payment, two)
        expect(answer).toContain('"captured"')
        if (first.has(payment)) expect(answer).toBe(first.get(payment))
      }),
    )
  await two.stop()

  const store = await openBook({ url })
  const [shop, fee] = await store.read(tx => Promise.all([tx.ledger.account('merchant:lumen:EUR'), tx.ledger.account('fee:okpay:EUR')]))
  await store.close()
  expect(shop).toMatchObject({ version: payments, held: 0n })
  expect(fee).toMatchObject({ version: payments })
  expect((shop?.posted ?? 0n) + (fee?.posted ?? 0n)).toBe(250n * BigInt(payments))
  expect(await readBook(url, verify)).toMatchObject({ wrong: null })
  // No question read a whole table, though all of them were empty when the plans were made.
  expect(await server.query(url, 'SELECT relname, seq_scan FROM pg_stat_user_tables WHERE seq_scan > 0 AND n_live_tup > 500')).toEqual([])
  const [counted] = await server.query(
    url,
    `SELECT count(*) AS postings, count(DISTINCT subject) AS payments, count(DISTINCT xmin::text) AS transactions
     FROM ledger_journal WHERE kind = 'payment'`,
  )
  expect(counted).toMatchObject({ postings: String(payments), payments: String(payments) })
  // They came in batches, so that some were under way when it was killed.
  expect(Number(counted?.['transactions'])).toBeLessThan(payments / 3)
}, 120_000)
