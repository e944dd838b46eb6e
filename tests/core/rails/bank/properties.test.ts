import { execFileSync, spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amount } from '#core/money/amount.ts'
import { isCreditable } from '#core/rails/bank/statement.ts'
import { type EntryToWrite, type StatementToWrite, writeCamt053 } from '#core/rails/bank/writeCamt053.ts'
import { makeReference } from '#core/rails/reference.ts'
import { type Read, readBytes, readText } from './reading.ts'

const words = fc.string({ unit: 'grapheme', maxLength: 40 }).map(text => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').trim())
const days = fc.constantFrom('2026-11-18', '2026-11-19', '2026-11-20')
const bodies = fc.stringMatching(/^[0-9A-Z]{12}$/)
const entries: fc.Arbitrary<EntryToWrite> = fc
  .record({
    minor: fc.bigInt(1n, 10n ** 12n),
    direction: fc.constantFrom('credit', 'debit'),
    bankReference: fc.stringMatching(/^[A-Z0-9]{1,16}$/),
    bookedOn: days,
    valueOn: days,
    status: fc.constantFrom('booked', 'booked', 'booked', 'pending'),
    isReversal: fc.boolean(),
    endToEndId: fc.stringMatching(/^[A-Z0-9]{1,16}$/),
    body: fc.option(bodies, { nil: undefined }),
    text: words,
    counterpartyName: words,
  })
  .map(({ minor, body, ...rest }) => ({ ...rest, amount: amount('EUR', minor), ...(body && { reference: makeReference(body) }) }))
const statements: fc.Arbitrary<StatementToWrite> = fc.record({
  messageId: fc.constant('MSG-1'),
  statementId: fc.constant('STMT & <1>'),
  createdAt: fc.constant('2026-11-21T05:00:00.000Z'),
  fromOn: fc.constant('2026-11-18'),
  toOn: fc.constant('2026-11-20'),
  iban: fc.constant('DE89370400440532013000'),
  ownerName: words,
  opening: fc.bigInt(-(10n ** 14n), 10n ** 14n).map(minor => amount('EUR', minor)),
  entries: fc.array(entries, { maxLength: 8 }),
})
const plain = (read: Read): string => JSON.stringify(read, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
const pieces = (text: string, cuts: readonly number[]): string[] => {
  const places = [0, ...cuts.map(cut => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  return places.slice(1).map((end, at) => text.slice(places[at], end))
}

describe('a written statement', () => {
  it('is read back as it was written, and adds up', () => {
    fc.assert(
      fc.property(statements, statement => {
        const read = readText(writeCamt053(statement))
        expect(read.file).toMatchObject({ ok: true, statements: 1, lines: statement.entries.length })
        expect(read.headers[0]).toMatchObject({ statementId: 'STMT & <1>', messageId: 'MSG-1', account: statement.iban, currency: 'EUR' })
        expect(read.verdicts[0]?.problems).toEqual([])
        expect(read.verdicts[0]?.totals[0]?.opening).toEqual(statement.opening)
        for (const [at, of] of statement.entries.entries()) {
          const { text, counterpartyName, reference, ...same } = of
          expect(read.lines[at]).toMatchObject(same)
          expect(read.lines[at]?.remittance).toEqual(text ? [text] : [])
          expect(read.lines[at]?.debtorName).toBe(of.direction === 'credit' ? counterpartyName : '')
          if (reference) expect(read.lines[at]?.references).toContain(reference)
        }
      }),
    )
  })

  it('is the same in whatever pieces it comes, as text and as bytes', () => {
    fc.assert(
      fc.property(statements, fc.array(fc.nat(), { maxLength: 12 }), (statement, cuts) => {
        const text = writeCamt053(statement)
        const whole = readText(text)
        expect(readText(...pieces(text, cuts))).toEqual(whole)
        const bytes = new TextEncoder().encode(text)
        const ends = [0, ...cuts.map(cut => cut % bytes.length).sort((a, b) => a - b), bytes.length]
        expect(readBytes(...ends.slice(1).map((end, at) => bytes.subarray(ends[at], end)))).toEqual(whole)
      }),
    )
  })

  it('never lets one changed character of an amount through: it is refused, or does not add up', () => {
    fc.assert(
      fc.property(
        statements,
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
        (statement, which, place, character) => {
          // Pending entries prove nothing, so their amounts are not proven either: they are never credited.
          const text = writeCamt053({ ...statement, entries: statement.entries.filter(of => of.status === 'booked') })
          const amounts = [...text.matchAll(/<Amt Ccy="EUR">([0-9.]+)</g)]
          const chosen = which % amounts.length
          const [start, value = ''] = amounts[chosen] ?? ['']
          const at = (amounts[chosen]?.index ?? 0) + start.indexOf('>') + 1 + (place % value.length)
          const broken = text.slice(0, at) + character + text.slice(at + 1)
          const [before, after] = [readText(text), readText(broken)]
          if (plain(after) === plain(before)) return
          const credited = after.lines.filter(line => after.file.ok && after.verdicts.some(verdict => isCreditable(line, verdict)))
          // Two balances come first, then for each entry its own amount and that of its transaction, on which no other entry depends.
          const isTransaction = chosen >= 2 && chosen % 2 === 1
          if (!isTransaction) expect(credited).toEqual([])
          expect(credited.map(line => line.entry)).not.toContain((chosen - 1) / 2)
          for (const line of credited) expect(line).toEqual(before.lines[line.entry - 1])
        },
      ),
      { numRuns: 400 },
    )
  })

  it('cannot be made from what a bank statement cannot hold', () => {
    const statement: StatementToWrite = {
      ...{ messageId: 'M', statementId: 'S', createdAt: '2026-11-21T05:00:00Z', fromOn: '2026-11-20', toOn: '2026-11-20' },
      ...{ iban: 'DE89370400440532013000', opening: amount('EUR', 0n), entries: [] },
    }
    const of: EntryToWrite = { amount: amount('EUR', 1n), direction: 'credit', bankReference: 'B', bookedOn: '2026-11-20' }
    expect(() => writeCamt053({ ...statement, opening: amount('BTC', 1n) })).toThrow(TypeError)
    expect(() => writeCamt053({ ...statement, messageId: 'x'.repeat(36) })).toThrow(TypeError)
    expect(() => writeCamt053({ ...statement, entries: [{ ...of, amount: amount('EUR', 0n) }] })).toThrow(TypeError)
    expect(() => writeCamt053({ ...statement, entries: [{ ...of, amount: amount('USD', 1n) }] })).toThrow(TypeError)
    expect(() => writeCamt053({ ...statement, entries: [{ ...of, reference: 'RF00X' }] })).toThrow(TypeError)
    expect(readText(writeCamt053({ ...statement, entries: [{ ...of, text: 'a\u0000\ud800b' }] })).lines[0]?.remittance).toEqual(['a  b'])
  })

  const xmllint = spawnSync('xmllint', ['--version']).error === undefined
  it.skipIf(!xmllint)(
    'is well-formed XML to xmllint, with its elements in the order of the schema (skipped where xmllint is not installed)',
    () => {
      const [statement] = fc.sample(statements, { numRuns: 1, seed: 7 })
      if (!statement) throw new Error('no sample')
      const entry: EntryToWrite = {
        ...{
          amount: amount('EUR', 1n),
          direction: 'credit',
          bankReference: 'B',
          bookedOn: '2026-11-20',
          text: 'a < b & "c"',
          isReversal: true,
        },
        ...{ counterpartyName: '王小明', counterpartyIban: 'BE72000000001616', reference: makeReference('539007547034') },
      }
      const text = writeCamt053({ ...statement, entries: [entry] })
      execFileSync('xmllint', ['--noout', '-'], { input: text, stdio: ['pipe', 'pipe', 'pipe'] })
      const elements = [...text.matchAll(/<([A-Za-z]+)/g)].map(match => match[1]).join(' ')
      expect(elements).toContain(
        'Stmt Id CreDtTm FrToDt FrDtTm ToDtTm Acct Id IBAN Ccy Ownr Nm Bal Tp CdOrPrtry Cd Amt CdtDbtInd Dt Dt Bal',
      )
      expect(elements).toContain(
        'Ntry Amt CdtDbtInd RvslInd Sts Cd BookgDt Dt ValDt Dt AcctSvcrRef BkTxCd Domn Cd Fmly Cd SubFmlyCd NtryDtls TxDtls',
      )
      expect(elements).toContain(
        'TxDtls Refs EndToEndId Amt CdtDbtInd RltdPties Dbtr Pty Nm DbtrAcct Id IBAN RmtInf Ustrd Strd CdtrRefInf Tp CdOrPrtry Cd Ref',
      )
    },
  )
})
