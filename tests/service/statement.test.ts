import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeReference } from '#core/rails/reference.ts'
import { importStatement } from '#service/features/statement/importStatement.ts'
import { statementOf, transfer } from './bankFile.ts'
import { newId, operatorToken, type Person, type RealService, realService, registered } from './realService.ts'

let service: RealService
let ana: Person
beforeAll(async () => {
  service = await realService()
  ana = await registered(service)
})
afterAll(() => service.stop())

const strangers = makeReference('STRANGERS123')
const bring = (...entries: Parameters<typeof statementOf>[1][number][]) => service.importFile('day.xml', statementOf(service, entries))
const waitingNow = async () => {
  const headers = { authorization: `Bearer ${operatorToken}` }
  const rows: { id: string; problem: string; amount: string; remittance: string }[] = []
  for (let after = ''; ; ) {
    const page = await (await fetch(`${service.url}/v1/operator/waiting-entries?after=${after}`, { headers })).json()
    rows.push(...page.entries)
    if (page.next === null) return rows
    after = page.next
  }
}
/** The sum over every account of the ledger in a currency: money comes from the bank's account and from nowhere else. */
const bookedAtBank = async (of: RealService, currency: 'EUR') =>
  (await of.ports.store.read(tx => tx.ledger.account(`rail:bank:${currency}`)))?.posted ?? 0n

describe('a transfer in a bank file', () => {
  it('is credited to the person whose reference it carries, with its posting and its dated states', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '50.00')
    const { status, body } = await bring(
      transfer('12.00'),
      transfer('50.00', topUp.reference),
      transfer('3.00', undefined, { direction: 'debit' }),
    )
    expect(status).toBe(200)
    expect(body).toMatchObject({
      refused: null,
      credited: 1,
      waiting: 1,
      notMoneyIn: 1,
      seenBefore: 0,
      statements: [{ problem: null, entries: 3 }],
    })
    expect(await person.balance('EUR')).toBe('50.00')
    const done = await person.topUp(topUp.id)
    expect(done).toMatchObject({ state: 'credited', credited: { value: '50.00' }, problem: null })
    expect(done?.timeline.map(({ state }) => state)).toEqual(['instructed', 'detected', 'credited'])
    const [posting] = await person.postings()
    expect(posting).toMatchObject({ kind: 'top_up', subject: topUp.id })
    expect(posting?.legs.map(({ account, amount }) => `${account.split(':')[0]} ${amount.value}`).sort()).toEqual([
      'holder 50.00',
      'rail -50.00',
    ])
  })

  it.each([
    ['in the words of the payer', (reference: string) => ({ text: `top up ${reference} thanks` })],
    ['written in groups, in small letters', (reference: string) => ({ text: reference.toLowerCase().replace(/.{4}/g, '$& ') })],
    ['glued to other words', (reference: string) => ({ text: `REF:${reference}.` })],
    ['as the end-to-end id', (reference: string) => ({ endToEndId: reference })],
  ])('is found by a reference %s', async (_, more) => {
    const topUp = await ana.topsUp('EUR', '7.00')
    const { body } = await bring(transfer('7.00', undefined, more(topUp.reference)))
    expect(body.entries).toMatchObject([{ outcome: 'credited', reference: topUp.reference }])
  })

  it('of another amount than announced is credited as the bank booked it', async () => {
    const topUp = await ana.topsUp('EUR', '50.00')
    await bring(transfer('49.87', topUp.reference))
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'credited', amount: { value: '50.00' }, credited: { value: '49.87' } })
  })

  it('with a reference that was used before is more money of the same person: each has its own posting', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '5.00')
    await bring(transfer('5.00', topUp.reference))
    await bring(transfer('5.00', topUp.reference), transfer('1.50', topUp.reference))
    expect(await person.balance('EUR')).toBe('11.50')
    expect(await person.topUp(topUp.id)).toMatchObject({ credited: { value: '11.50' } })
    expect(await person.postings()).toHaveLength(3)
  })

  it('comes a thousand times in one statement, and is a thousand payments', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '1.00')
    const { body } = await bring(...Array.from({ length: 1000 }, () => transfer('1.00', topUp.reference)))
    expect(body).toMatchObject({ credited: 1000, waiting: 0 })
    expect(body.entries).toHaveLength(200)
    expect(await person.balance('EUR')).toBe('1000.00')
  })
})

describe('the same entry', () => {
  it('in the same file again changes nothing and says so', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '50.00')
    const xml = statementOf(service, [transfer('50.00', topUp.reference), transfer('9.00', strangers)])
    await service.importFile('a.xml', xml)
    const before = { events: await person.events(), waiting: await waitingNow() }
    const { body } = await service.importFile('a.xml', xml)
    expect(body).toMatchObject({ credited: 0, waiting: 0, seenBefore: 2 })
    expect(body.entries.map((of: { problem: string }) => of.problem)).toEqual(['already_seen', 'reference_unknown'])
    expect({ events: await person.events(), waiting: await waitingNow() }).toEqual(before)
  })

  it('in an overlapping file is seen, and what is new there is credited', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '50.00')
    const entries = ['1.00', '2.00', '3.00', '4.00'].map(value => transfer(value, topUp.reference))
    await service.importFile('week 1.xml', statementOf(service, entries.slice(0, 3)))
    const { body } = await service.importFile('week 2.xml', statementOf(service, entries.slice(1)))
    expect(body).toMatchObject({ credited: 1, seenBefore: 2 })
    expect(await person.balance('EUR')).toBe('10.00')
  })

  it('twice in one day, alike to the letter and without a reference of the bank, is two payments; and still two in the next file', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '5.00')
    const twins = [
      transfer('5.00', topUp.reference, { bankReference: 'NONREF' }),
      transfer('5.00', topUp.reference, { bankReference: 'NONREF' }),
    ]
    await service.importFile('a.xml', statementOf(service, twins))
    await service.importFile('b.xml', statementOf(service, twins))
    expect(await person.balance('EUR')).toBe('10.00')
  })

  it('in two imports at once is credited once', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '5.00')
    const xml = statementOf(
      service,
      Array.from({ length: 300 }, () => transfer('1.00', topUp.reference)),
    )
    const reports = await Promise.all(['a', 'b', 'c'].map(name => service.importFile(`${name}.xml`, xml)))
    const sum = (of: 'credited' | 'seenBefore') => reports.reduce((total, { body }) => total + body[of], 0)
    expect([sum('credited'), sum('seenBefore')]).toEqual([300, 600])
    expect(await person.balance('EUR')).toBe('300.00')
  })
})

describe('never credited, but waiting with its reason', () => {
  /** Imports the entry alone and tells what it waits for; the balance stays as it was. */
  async function waitsFor(
    entry: Parameters<typeof statementOf>[1][number],
    edit: (xml: string) => string = xml => xml,
    currency: 'EUR' | 'USD' = 'EUR',
  ) {
    const before = await ana.balance('EUR')
    const { body } = await service.importFile('odd.xml', edit(statementOf(service, [entry], {}, currency)))
    expect(await ana.balance('EUR')).toBe(before)
    expect(body.credited).toBe(0)
    const outcome = body.entries[0]
    if (outcome?.outcome === 'waiting') expect((await waitingNow()).some(of => of.problem === outcome.problem)).toBe(true)
    return outcome
  }

  it('an entry without a reference', async () => {
    expect(await waitsFor(transfer('5.00', undefined, { text: 'for Ana' }))).toMatchObject({ outcome: 'waiting', problem: 'no_reference' })
  })

  it('an entry with a reference of nobody', async () => {
    expect(await waitsFor(transfer('5.00', strangers))).toMatchObject({ problem: 'reference_unknown', reference: strangers })
  })

  it('an entry with the references of two top-ups', async () => {
    const [one, two] = [await ana.topsUp('EUR', '5.00'), await ana.topsUp('EUR', '6.00')]
    expect(await waitsFor(transfer('5.00', one.reference, { text: two.reference }))).toMatchObject({ problem: 'several_references' })
    expect(await ana.topUp(one.id)).toMatchObject({ state: 'instructed' })
  })

  it('a pending entry; the top-up shows that it was seen, and the booked one credits it', async () => {
    const topUp = await ana.topsUp('EUR', '5.00')
    const pending = transfer('5.00', topUp.reference, { status: 'pending' })
    expect(await waitsFor(pending)).toMatchObject({ problem: 'pending' })
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'detected', problem: 'pending' })
    const count = (await waitingNow()).length
    expect(await waitsFor(pending)).toMatchObject({ outcome: 'seen_before', problem: 'pending' })
    expect(await waitingNow()).toHaveLength(count)
    await bring(transfer('5.00', topUp.reference))
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'credited', problem: null })
    expect(await waitingNow()).toHaveLength(count - 1)
  })

  it('a reversed entry', async () => {
    const topUp = await ana.topsUp('EUR', '5.00')
    expect(await waitsFor(transfer('5.00', topUp.reference, { isReversal: true }))).toMatchObject({ problem: 'reversed' })
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'detected', problem: 'reversed' })
  })

  it.each([
    ['zero', (xml: string) => xml.replaceAll('>5.00<', '>0.00<').replaceAll('>1005.00<', '>1000.00<'), 'amount_zero'],
    ['negative', (xml: string) => xml.replaceAll('>5.00<', '>-5.00<'), 'entry_unreadable'],
    ['of too many decimals', (xml: string) => xml.replaceAll('>5.00<', '>5.001<'), 'entry_unreadable'],
    ['of no number', (xml: string) => xml.replaceAll('>5.00<', '>five<'), 'entry_unreadable'],
  ])('an amount that is %s', async (_, edit, problem) => {
    const topUp = await ana.topsUp('EUR', '5.00')
    expect(await waitsFor(transfer('5.00', topUp.reference), edit)).toMatchObject({ problem })
  })

  it('a cancelled top-up', async () => {
    const topUp = await ana.topsUp('EUR', '5.00')
    await ana.command('top_up.cancel', { topUpId: topUp.id })
    expect(await waitsFor(transfer('5.00', topUp.reference))).toMatchObject({ problem: 'top_up_finished' })
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'cancelled' })
  })

  it('money in another currency than announced, although it came in on our account', async () => {
    const topUp = await ana.topsUp('EUR', '5.00')
    expect(await waitsFor(transfer('5.00', topUp.reference, {}, 'USD'), undefined, 'USD')).toMatchObject({ problem: 'amount_differs' })
  })

  it('money on an account that is not ours; the top-up does not hear of it', async () => {
    const topUp = await ana.topsUp('EUR', '5.00')
    const foreign = { iban: 'DE89370400440532013000' }
    const { body } = await service.importFile('x.xml', statementOf(service, [transfer('5.00', topUp.reference)], foreign))
    expect(body).toMatchObject({ credited: 0, waiting: 1, statements: [{ problem: 'account_unknown' }] })
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'instructed' })
  })

  it.each([
    ['does not add up', (xml: string) => xml.replace('1005.00', '1005.01'), 'does_not_add_up'],
    ['has no balances', (xml: string) => xml.replace(/<Bal>.*<\/Bal>/gs, ''), 'no_balances'],
    ['has no closing balance', (xml: string) => xml.replace('CLBD', 'FWAV'), 'closing_missing'],
    ['names no account', (xml: string) => xml.replace(/<Acct>.*?<\/Acct>/s, ''), 'account_missing'],
  ])('every entry of a statement that %s, until a good one comes', async (_, spoil, problem) => {
    const topUp = await ana.topsUp('EUR', '5.00')
    const before = await ana.balance('EUR')
    const good = statementOf(service, [transfer('5.00', topUp.reference)])
    const { body } = await service.importFile('bad.xml', spoil(good))
    expect(body).toMatchObject({ credited: 0, waiting: 1, statements: [{ problem }], entries: [{ outcome: 'waiting', problem }] })
    expect(await ana.balance('EUR')).toBe(before)
    const again = await service.importFile('good.xml', good)
    expect(again.body).toMatchObject({ credited: 1 })
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'credited', problem: null })
  })
})

describe('a file that is refused', () => {
  const good = () => statementOf(service, [transfer('5.00', strangers)])
  it.each([
    ['is empty', () => '', 'empty'],
    ['is not XML', () => 'hello', 'not_xml'],
    ['ends in the middle', () => good().slice(0, -60), 'truncated'],
    ['declares entities', () => good().replace('<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document'), 'xml_doctype'],
    ['is of another message', () => good().replace('camt.053.001.08', 'camt.054.001.08'), 'not_a_statement'],
    ['is of an unknown version', () => good().replace('camt.053.001.08', 'camt.053.001.99'), 'version_unknown'],
    ['is of another namespace', () => good().replace('urn:iso:std:iso:20022:tech:xsd:camt.053.001.08', 'urn:x'), 'namespace_wrong'],
  ])('because it %s, is refused whole', async (_, make, refused) => {
    const { status, body } = await service.importFile('bad.xml', make())
    expect(status).toBe(200)
    expect(body).toMatchObject({ refused, credited: 0, waiting: 0, entries: [], statements: [] })
  })

  it('credits nothing, although its first statement was good', async () => {
    const topUp = await ana.topsUp('EUR', '5.00')
    const xml = statementOf(service, [transfer('5.00', topUp.reference)])
    const { body } = await service.importFile('cut.xml', xml.replace('</BkToCstmrStmt>', '<Stmt><Id>2</Id>').replace('</Document>', ''))
    expect(body).toMatchObject({ refused: 'truncated', credited: 0 })
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'instructed' })
  })

  it('larger than the service takes is refused', async () => {
    const source = [Buffer.from(good()), Buffer.alloc(1000)]
    const config = { ...service.ports.config, limits: { ...service.ports.config.limits, fileBytes: 1000 } }
    expect(await importStatement({ ...service.ports, config }, { file: 'big.xml', by: 'operator' }, source)).toMatchObject({
      ok: false,
      decline: { code: 'input_invalid' },
    })
  })
})

describe('an import that breaks off', () => {
  it('while the file comes in, credits nothing; the same file again does all of it', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '5.00')
    const bytes = Buffer.from(
      statementOf(
        service,
        Array.from({ length: 800 }, () => transfer('1.00', topUp.reference)),
      ),
    )
    async function* half() {
      yield bytes.subarray(0, bytes.length / 2)
      throw new Error('the line broke')
    }
    await expect(importStatement(service.ports, { file: 'a.xml', by: 'operator' }, half())).rejects.toThrow('the line broke')
    const stop = new AbortController()
    const slow = new ReadableStream({
      start: control => {
        control.enqueue(bytes.subarray(0, bytes.length / 2))
        setTimeout(() => stop.abort(), 100)
      },
    })
    await expect(service.importFile('a.xml', slow, stop.signal)).rejects.toThrow()
    expect(await person.balance('EUR')).toBe('0.00')
    expect((await service.importFile('a.xml', bytes)).body).toMatchObject({ credited: 800 })
    expect(await person.balance('EUR')).toBe('800.00')
  })

  it('while it is being credited, leaves whole batches; the same file again does the rest, and nothing twice', async () => {
    const person = await registered(service)
    const topUp = await person.topsUp('EUR', '5.00')
    const bytes = Buffer.from(
      statementOf(
        service,
        Array.from({ length: 500 }, () => transfer('1.00', topUp.reference)),
      ),
    )
    let ids = 0
    const breaks = () => {
      ids += 1
      if (ids > 250) throw new Error('the process ended')
      return newId()
    }
    await expect(importStatement({ ...service.ports, ids: breaks }, { file: 'a.xml', by: 'operator' }, [bytes])).rejects.toThrow(
      'the process ended',
    )
    expect(await person.balance('EUR')).toBe('200.00')
    const { body } = await service.importFile('a.xml', bytes)
    expect(body).toMatchObject({ credited: 300, seenBefore: 200 })
    expect(await person.balance('EUR')).toBe('500.00')
  })
})

describe('real files of banks', () => {
  const samples = resolve(import.meta.dirname, '../../../shared/samples/bank')
  const isMissing = !existsSync(samples)
  type Row = { file: string; format: string; source: string; readers_say: { account: string; ccy: string[]; reconciles: boolean | null }[] }
  const index = (): readonly Row[] => JSON.parse(readFileSync(resolve(samples, 'INDEX.json'), 'utf8'))
  const files = () => index().filter(({ format }) => format === 'camt')

  it.skipIf(isMissing)('are imported or refused in words, with no credit (skipped where ../shared/samples is not at hand)', async () => {
    const before = await bookedAtBank(service, 'EUR')
    for (const { file } of files()) {
      const { status, body } = await service.importFile(file, readFileSync(resolve(samples, file)))
      expect({ file, status, credited: body.credited }).toEqual({ file, status: 200, credited: 0 })
      const told = body.refused !== null || body.statements.every((of: { problem: string | null }) => of.problem !== null)
      expect(told, file).toBe(true)
    }
    expect(files().length).toBeGreaterThanOrEqual(17)
    expect(await bookedAtBank(service, 'EUR')).toBe(before)
  })

  it.skipIf(isMissing)(
    'credit nothing that does not add up, with our account and reference written into them (skipped where ../shared/samples is not at hand)',
    async () => {
      const topUp = await ana.topsUp('EUR', '5.00')
      const credited: string[] = []
      for (const { file, source, readers_say } of files()) {
        const [said] = readers_say
        if (!said?.ccy.includes('EUR')) continue
        const text = readFileSync(resolve(samples, file), 'utf8')
        const ours = text.replaceAll(said.account, topUp.instructions.account).replaceAll(/<Ustrd>[^<]*</g, `<Ustrd>${topUp.reference}<`)
        const { body } = await service.importFile(file, ours)
        if (body.credited > 0) credited.push(source)
        if (said.reconciles !== true) expect({ source, credited: body.credited }).toEqual({ source, credited: 0 })
      }
      expect(credited).toEqual(['viafintech/camt_parser:spec/fixtures/053/valid_example.xml'])
    },
  )
})
