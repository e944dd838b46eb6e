import { describe, expect, it } from 'vitest'
import { amount } from '#core/money/amount.ts'
import { writeCamt053 } from '#core/rails/bank/writeCamt053.ts'
import { makeReference } from '#core/rails/reference.ts'
import { balance, document, entry, paid, readText } from './reading.ts'

const identities = (entries: string, more: Parameters<typeof document>[0] = {}) =>
  readText(document({ ...more, entries })).lines.map(line => line.identity)
const rf = 'RF18539007547034'

describe('the identity of a payment', () => {
  it('is the same in another statement that overlaps, whatever stands around it', () => {
    const mine = entry({ ref: 'B7', details: paid(rf) })
    const [alone] = identities(mine)
    const among = identities(entry({ ref: 'B6' }) + mine + entry({ ref: 'B8' }), { version: '053.001.02' })
    expect(among[1]).toBe(alone)
    expect(new Set(among).size).toBe(3)
  })

  it('counts two equal payments of one day twice, and finds both again', () => {
    const twin = entry({ details: paid(rf) })
    const twice = identities(twin + twin)
    expect(new Set(twice).size).toBe(2)
    expect(identities(entry({ value: '3' }) + twin + twin).slice(1)).toEqual(twice)
    expect(identities(twin)).toEqual(twice.slice(0, 1))
  })

  it('starts anew in each statement, so that a statement doubled in one file doubles nothing', () => {
    const statement = `<Stmt><Id>S</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>${balance('OPBD', '1')}${entry({ details: paid(rf) })}</Stmt>`
    const { lines } = readText(document({ statements: statement + statement }))
    expect(lines[0]?.identity).toBe(lines[1]?.identity)
  })

  it('does not hang on spacing, wrapping, case, the time of day or the words of the bank', () => {
    const one = entry({ details: paid(`Rent ${rf}`) })
    const wrapped = entry({ details: paid('RENT RF18 5390</Ustrd><Ustrd>0754 7034') }).replace(
      '<Dt>2026-11-20</Dt></BookgDt>',
      '<DtTm>2026-11-20T11:00:00</DtTm></BookgDt>',
    )
    const reworded = entry({ details: paid(`Rent ${rf}`).replace('</TxDtls>', '<AddtlTxInf>CREDIT</AddtlTxInf></TxDtls>') })
    const unsaid = entry({ details: paid(`Rent ${rf}`, '<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>') })
    expect(identities(wrapped)).toEqual(identities(one))
    expect(identities(reworded)).toEqual(identities(one))
    expect(identities(unsaid)).toEqual(identities(one))
  })

  it('trusts the reference of the bank over words that differ between two kinds of file', () => {
    expect(identities(entry({ ref: 'B7', details: paid(rf) }))).toEqual(identities(entry({ ref: 'B7', details: paid('short') })))
  })

  it.each([
    ['amount', { value: '11.00' }],
    ['direction', { way: 'DBIT' }],
    ['day', { on: '2026-11-21' }],
    ['reference of the bank', { ref: 'B8' }],
    ['currency', { currency: 'USD' }],
    ['sense, a reversal', { more: '<RvslInd>true</RvslInd>' }],
  ])('is another with another %s', (_, other) => {
    expect(identities(entry({ ref: 'B7', ...other }))).not.toEqual(identities(entry({ ref: 'B7' })))
  })

  it.each([
    ['end-to-end id', paid(rf, '<Refs><EndToEndId>E2</EndToEndId></Refs>')],
    ['text', paid(`${rf} again`)],
    ['payer', paid(rf, '<RltdPties><DbtrAcct><Id><IBAN>BE72000000001616</IBAN></Id></DbtrAcct></RltdPties>')],
  ])('is another with another %s, where the bank gives no reference of its own', (_, details) => {
    for (const ref of ['', 'NONREF']) expect(identities(entry({ ref, details }))).not.toEqual(identities(entry({ details: paid(rf) })))
  })

  it('is another with another reference of the bank to the transaction alone', () => {
    const of = (ref: string) => entry({ details: paid(rf, `<Refs><AcctSvcrRef>${ref}</AcctSvcrRef></Refs>`) })
    expect(identities(of('T1'))).not.toEqual(identities(of('T2')))
  })

  it('knows a reference that only the bank wrote down', () => {
    const said = (reference: string) => entry({ details: `<TxDtls><AddtlTxInf>${reference}</AddtlTxInf></TxDtls>` })
    expect(identities(said(rf))).not.toEqual(identities(said('RF712348231')))
  })

  it('is another in another account, and none while nothing is booked', () => {
    const account = '<Acct><Id><IBAN>BE72000000001616</IBAN></Id></Acct>'
    expect(identities(entry(), { account })).not.toEqual(identities(entry()))
    expect(identities(entry({ status: '<Sts>PDNG</Sts>' }) + entry())).toEqual(['', ...identities(entry())])
  })

  it('keeps the lines of a batch apart', () => {
    const details = [rf, rf, 'RF712348231'].map(words => paid(words, '<Amt Ccy="EUR">2.00</Amt>')).join('')
    expect(new Set(identities(entry({ value: '6.00', ref: 'B7', details }))).size).toBe(3)
  })

  it('keeps a thousand entries for one reference apart, and finds all of them again', () => {
    const of = {
      amount: amount('EUR', 500n),
      direction: 'credit',
      bookedOn: '2026-11-20',
      reference: makeReference('539007547034'),
    } as const
    const statement = {
      ...{ messageId: 'M', statementId: 'S', createdAt: '2026-11-21T05:00:00Z', fromOn: '2026-11-20', toOn: '2026-11-20' },
      ...{ iban: 'DE89370400440532013000', opening: amount('EUR', 0n) },
    }
    const thousand = Array.from({ length: 1_000 }, (_, at) => ({ ...of, bankReference: at % 2 ? 'NONREF' : `B${at}` }))
    const first = readText(writeCamt053({ ...statement, entries: thousand }))
    const second = readText(writeCamt053({ ...statement, messageId: 'M2', statementId: 'S2', entries: thousand.toReversed() }))
    expect(first.verdicts[0]).toMatchObject({ entries: 1_000, problems: [], totals: [{ closing: amount('EUR', 500_000n) }] })
    expect(first.lines.every(line => line.references[0] === rf && line.problems.length === 0)).toBe(true)
    const found = new Set(first.lines.map(line => line.identity))
    expect(found.size).toBe(1_000)
    expect(new Set(second.lines.map(line => line.identity))).toEqual(found)
  })
})
