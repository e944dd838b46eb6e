import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditChecker } from '#core/audit/chain.ts'
import { checkAudit, listAudit, verifyAudit } from '#service/program/audit.ts'
import { speak } from '#service/program/speech.ts'
import { digest } from '#storage/digest.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { call, get, registerHolder, secondToken, startTestService, type TestHolder, type TestService, topUp } from '../support/service.ts'

describe('what an operator does', () => {
  let service: TestService
  let ana: TestHolder
  beforeAll(async () => {
    service = await startTestService()
    ana = await registerHolder(service)
  }, 60_000)
  afterAll(() => service.stop())

  const rows = () => service.ports.store.read(tx => tx.audit.page(0, 1_000))
  /** What is written down by an act, without its number, instant and link. */
  async function writtenBy(act: () => Promise<unknown>) {
    const before = (await rows()).length
    await act()
    return (await rows()).slice(before).map(({ by, act: done, object, detail }) => ({ by, act: done, object, detail: JSON.parse(detail) }))
  }
  const operate = (path: string, body: unknown) => get<Record<string, unknown>>(service, path, { token: service.operatorToken, body })

  test('to a limit, a hold, a question and a key is written down, with what it was before', async () => {
    const holder = `holder:${ana.holderId}`
    const amount = { currency: 'EUR', value: '7000.00' }
    const limit = () => operate('/v1/operator/limits', { email: ana.email, kind: 'per_day', amount })
    const [first] = await writtenBy(limit)
    expect(first).toMatchObject({ by: 'operator', act: 'limit.set', object: holder, detail: { kind: 'per_day', eur_minor: '700000' } })
    expect(await writtenBy(limit)).toMatchObject([{ detail: { eur_minor: '700000', eur_minor_before: '700000' } }])

    const lock = () => operate('/v1/operator/account-locks', { email: ana.email, reason: 'report' })
    const unlock = (token: string) => () => get(service, '/v1/operator/account-locks/removal', { token, body: { email: ana.email } })
    const detail = { locker: 'service', reason: 'report' }
    expect(await writtenBy(lock)).toEqual([{ by: 'operator', act: 'account.locked', object: holder, detail }])
    expect(await writtenBy(lock)).toEqual([])
    expect(await writtenBy(unlock(service.operatorToken))).toEqual([{ by: 'operator', act: 'account.lift_agreed', object: holder, detail }])
    expect(await writtenBy(unlock(secondToken))).toEqual([{ by: 'operator:second', act: 'account.unlocked', object: holder, detail }])

    const asked = await ana.does('question.ask', { about: 'a', text: 'secret words' })
    const number = asked.ok ? asked.question?.number : undefined
    const answer = () => operate(`/v1/operator/questions/${number}/answer`, { text: 'secret answer' })
    expect(await writtenBy(answer)).toEqual([
      { by: 'operator', act: 'question.answered', object: `question:${number}`, detail: { holder: ana.holderId } },
    ])

    const { keyId } = await service.ports.store.read(service.ports.identity.signing)
    const [rotated] = await writtenBy(() => operate('/v1/operator/keys', { keyId }))
    expect(rotated).toMatchObject({ act: 'key.rotated', object: 'service', detail: { before: keyId } })
  })

  test('with a bank file is written down when it begins and when it ends; one that is refused too', async () => {
    const refused = await writtenBy(() =>
      fetch(`${service.url}/v1/operator/statements?file=a.xml`, {
        method: 'POST',
        headers: { authorization: `Bearer ${service.operatorToken}`, 'content-type': 'application/octet-stream' },
        body: '<nothing/>',
      }),
    )
    expect(refused.map(({ by, act }) => [by, act])).toEqual([
      ['operator', 'statement.begun'],
      ['operator', 'statement.finished'],
    ])
    expect(refused[1]?.detail).toMatchObject({
      credited: '0',
      refused: expect.any(String),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const credited = await writtenBy(() => topUp(service, ana, 'EUR', '9.00'))
    expect(credited.map(({ by, act }) => [by, act])).toEqual([
      ['sandbox_bank', 'statement.begun'],
      ['sandbox_bank', 'statement.finished'],
    ])
    expect(credited[1]?.detail).toMatchObject({ credited: '1', seen_before: '0' })
  })

  test('that is refused is no deed', async () => {
    const wrong = () =>
      call(service, '/v1/operator/limits', {
        token: service.operatorToken,
        body: { email: 'nobody@example.org', kind: 'per_day', amount: { currency: 'EUR', value: '1.00' } },
      })
    expect(await writtenBy(wrong)).toEqual([])
    expect(await writtenBy(() => call(service, '/v1/operator/account-locks', { body: { email: ana.email, reason: 'risk' } }))).toEqual([])
  })

  test('makes one chain, in which nobody is named', async () => {
    const all = await rows()
    const checker = auditChecker(digest)
    expect(all.flatMap(row => checker.row(row) ?? [])).toEqual([])
    const text = JSON.stringify(all)
    for (const secret of [ana.email, 'Lin Wei', 'secret', ana.token, service.operatorToken]) expect(text).not.toContain(secret)
  })
})

describe('okpay-service audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-audit-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const key = Buffer.alloc(32, 4)
  const path = join(folder, 'service.db')
  const said: string[] = []
  const place = {
    folder,
    databaseUrl: null,
    env: { OKPAY_DATABASE_KEY: key.toString('hex') },
    say: speak({ LANG: 'en' }),
    print: (line: string) => void said.push(line),
  }
  const says = async (work: () => Promise<number>) => {
    said.length = 0
    return { code: await work(), said: [...said] }
  }
  const check = async () => {
    const book = openBookReader({ path, key })
    try {
      return await checkAudit(book)
    } finally {
      book.close()
    }
  }

  test('says that nothing is written yet, lists what is, and finds it whole', async () => {
    const store = openServiceStore({ path, key })
    expect(await says(() => listAudit(place, false))).toEqual({ code: 0, said: ['Nothing is written down yet.'] })
    expect(await check()).toMatchObject({ lines: 0, wrong: null })
    // More than a page of them.
    await store.write(async tx => {
      for (let n = 1; n <= 1_200; n += 1)
        await tx.audit.append({ at: n, by: 'operator', act: 'limit.set', object: `holder:${n}`, detail: { kind: 'per_day' } })
    })
    const { code, said: lines } = await says(() => listAudit(place, false))
    expect([code, lines.length, lines[1]]).toEqual([0, 1_200, '2  1970-01-01T00:00:00.002Z  operator  limit.set  holder:2  kind=per_day'])
    const json = await says(() => listAudit(place, true))
    expect(JSON.parse(json.said[6] ?? '')).toMatchObject({ n: 7, act: 'limit.set' })
    const last = JSON.parse(json.said.at(-1) ?? '')
    expect(await check()).toEqual({ lines: 1_200, chain: last.chain, wrong: null })
    expect(await says(() => verifyAudit(place, false))).toEqual({
      code: 0,
      said: [`The audit log is whole: 1,200 lines, each following the one before it. The last one ends with ${last.chain}.`],
    })
    await store.close()
  })

  test.each([
    ['changed', `UPDATE audit_entry SET detail = '{}' WHERE n = 700`, 'line 700 is not what was written'],
    ['gone', 'DELETE FROM audit_entry WHERE n = 600', 'line 600 is missing'],
    ['the first one, gone', 'DELETE FROM audit_entry WHERE n = 1', 'line 1 is missing'],
  ])('names the first line that a hand in SQL has %s', async (_, sql, wrong) => {
    const db = openDatabase({ path, key, migrations: [...ledgerMigrations, ...serviceMigrations], application: 'service' })
    for (const name of ['no_update', 'no_delete']) db.exec(`DROP TRIGGER IF EXISTS audit_entry_${name}`)
    db.exec(sql)
    db.close()
    const { code, said: lines } = await says(() => verifyAudit(place, false))
    expect(code).toBe(2)
    expect(lines[0]).toContain(wrong)
    expect((await check()).wrong).toContain(wrong)
  })
})
