import { describe, expect, it } from 'vitest'
import { toDecimal } from '#core/money/amount.ts'
import { isCreditable } from '#core/rails/bank/statement.ts'
import { balance, document, entry, paid, readText } from './reading.ts'

const rf = 'RF18539007547034'
const codes = (text: string) => readText(text).lines.map(line => line.problems.map(problem => problem.code))
const creditable = (text: string) => {
  const { lines, verdicts } = readText(text)
  return lines.filter(line => verdicts.some(verdict => isCreditable(line, verdict))).map(line => line.amount && toDecimal(line.amount))
}
const good = entry({ ref: 'B1', details: paid('RF18 5390 0754 7034') })

describe('a camt.053 statement', () => {
  it.each(['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'])('of version %s is read', version => {
    expect(creditable(document({ version: `053.001.${version}`, entries: good }))).toEqual(['10.00'])
  })

  it('tells whose it is, of when, and what it states', () => {
    const period = '<FrToDt><FrDtTm>2026-11-20T00:00:00</FrDtTm><ToDtTm>2026-11-20T23:59:59</ToDtTm></FrToDt>'
    const read = readText(
      document({
        statements: `<Stmt><Id>S9</Id><CreDtTm>2026-11-21T05:00:00Z</CreDtTm>${period}<Acct><Id><Othr><Id>12 34</Id></Othr></Id></Acct>${balance('OPBD', '5')}${balance('CLBD', '5')}</Stmt>`,
      }),
    )
    expect(read.headers).toEqual([
      {
        number: 1,
        messageId: 'M1',
        statementId: 'S9',
        account: '1234',
        currency: undefined,
        createdAt: '2026-11-21T05:00:00Z',
        from: '2026-11-20T00:00:00',
        to: '2026-11-20T23:59:59',
      },
    ])
    expect(read.verdicts[0]?.balances.map(each => [each.kind, toDecimal(each.amount), each.on])).toEqual([
      ['OPBD', '5.00', '2026-11-20'],
      ['CLBD', '5.00', '2026-11-20'],
    ])
    expect(read.file).toEqual({ ok: true, format: 'camt053', statements: 1, lines: 0 })
  })

  it('gives everything that is said of a payment', () => {
    const details = `<TxDtls><Refs><AcctSvcrRef>T1</AcctSvcrRef><EndToEndId>E1</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Ann Lee</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>be72 0000 0000 1616</IBAN></Id></DbtrAcct><UltmtDbtr><Pty><Nm>Bob</Nm></Pty></UltmtDbtr></RltdPties><RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd><Strd><CdtrRefInf><Ref>RF18 5390 0754 7034</Ref></CdtrRefInf></Strd></RmtInf><AddtlTxInf>bank</AddtlTxInf></TxDtls>`
    const more = '<NtryRef>N1</NtryRef>'
    const code = '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>'
    const [line] = readText(document({ entries: entry({ ref: 'B1', details, more, status: `<Sts><Cd>BOOK</Cd></Sts>${code}` }) })).lines
    expect(line).toMatchObject({
      ...{
        statement: 1,
        entry: 1,
        line: 1,
        account: 'DE89370400440532013000',
        direction: 'credit',
        status: 'booked',
        isReversal: false,
        isReturn: false,
      },
      ...{
        bookedOn: '2026-11-20',
        valueOn: '2026-11-20',
        bankReference: 'B1',
        lineBankReference: 'T1',
        entryReference: 'N1',
        endToEndId: 'E1',
      },
      ...{
        transactionCode: 'PMNT/RCDT/ESCT',
        structuredReferences: ['RF18 5390 0754 7034'],
        remittance: ['one', 'two'],
        bankWords: 'bank',
      },
      ...{ debtorName: 'Ann Lee', debtorAccount: 'BE72000000001616', ultimateDebtorName: 'Bob', references: [rf], problems: [] },
    })
  })

  it.each([
    ['an older name', '<TxDtls><RltdPties><Dbtr><Nm>Ann</Nm></Dbtr></RltdPties></TxDtls>'],
    ['a newer name', '<TxDtls><RltdPties><Dbtr><Pty><Nm>Ann</Nm></Pty></Dbtr></RltdPties></TxDtls>'],
  ])('reads %s', (_, details) => {
    expect(readText(document({ entries: entry({ details }) })).lines[0]?.debtorName).toBe('Ann')
  })

  it('finds the reference wherever the payer or the bank put it', () => {
    const where = [
      paid('RF18 5390', '').replace('</Ustrd>', '</Ustrd><Ustrd>0754 7034</Ustrd>'),
      `<TxDtls><Refs><EndToEndId>${rf}</EndToEndId></Refs></TxDtls>`,
      `<TxDtls><RmtInf><Strd><AddtlRmtInf>${rf}</AddtlRmtInf></Strd></RmtInf></TxDtls>`,
      `<TxDtls><AddtlTxInf>SVWZ+${rf}</AddtlTxInf></TxDtls>`,
    ]
    for (const details of where) expect(readText(document({ entries: entry({ details }) })).lines[0]?.references).toEqual([rf])
    const inEntry = entry().replace('</Ntry>', `<AddtlNtryInf>${rf}</AddtlNtryInf></Ntry>`)
    expect(readText(document({ entries: inEntry })).lines[0]?.references).toEqual([rf])
  })
})

describe('what is never credited', () => {
  it.each([
    ['no_reference', entry({ details: paid('hello') })],
    ['no_reference', entry()],
    ['pending', entry({ status: '<Sts>PDNG</Sts>', details: paid(rf) })],
    ['pending', entry({ status: '<Sts><Cd>PDNG</Cd></Sts>', details: paid(rf) })],
    ['pending', entry({ status: '<Sts><Cd>FUTR</Cd></Sts>', details: paid(rf) })],
    ['information_only', entry({ status: '<Sts>INFO</Sts>', details: paid(rf) })],
    ['status_unknown', entry({ status: '<Sts><Prtry>WHATEVER</Prtry></Sts>', details: paid(rf) })],
    ['status_unknown', entry({ status: '', details: paid(rf) })],
    ['reversed', entry({ more: '<RvslInd>true</RvslInd>', details: paid(rf) })],
    ['reversed', entry({ more: '<RvslInd> 1 </RvslInd>', details: paid(rf) })],
    ['returned', entry({ details: paid(rf, '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>') })],
    ['amount_zero', entry({ value: '0.00', details: paid(rf) })],
    ['debit', entry({ way: 'DBIT', details: paid(rf) })],
  ])('is told as %s (%#)', (code, bad) => {
    expect(codes(document({ entries: bad }))).toEqual([[code]])
    expect(creditable(document({ balances: balance('OPBD', '0') + balance('CLBD', '10'), entries: bad }))).toEqual([])
  })

  it('counts a reversal by its direction alone, and tells it before that it is a debit', () => {
    const reversal = entry({ way: 'DBIT', value: '4.00', more: '<RvslInd>true</RvslInd>', details: paid(rf) })
    const read = readText(document({ balances: balance('OPBD', '100.00') + balance('CLBD', '106.00'), entries: good + reversal }))
    expect(read.verdicts[0]?.problems).toEqual([])
    expect(read.lines[1]?.problems.map(each => each.code)).toEqual(['reversed', 'debit'])
  })

  it('leaves pending entries out of the sum', () => {
    expect(creditable(document({ entries: good + entry({ status: '<Sts>PDNG</Sts>' }) }))).toEqual(['10.00'])
  })
})

describe('a batch', () => {
  const part = (value: string, words: string, more = '', currency = 'EUR') => paid(words, `<Amt Ccy="${currency}">${value}</Amt>${more}`)
  const old = (value: string, words: string) => paid(words, `<AmtDtls><TxAmt><Amt Ccy="EUR">${value}</Amt></TxAmt></AmtDtls>`)

  it('is a line for each of its transactions', () => {
    const read = readText(document({ entries: entry({ details: part('7.50', rf) + old('2.50', 'RF71 2348 231') }) }))
    expect(read.lines.map(line => [line.line, line.amount && toDecimal(line.amount), line.references, line.problems])).toEqual([
      [1, '7.50', [rf], []],
      [2, '2.50', ['RF712348231'], []],
    ])
    expect(read.verdicts[0]).toMatchObject({ entries: 1, lines: 2, problems: [] })
  })

  it('may be long, and laid out with blanks', () => {
    const details = `\n${' '.repeat(20)}${part('0.01', rf)}`.repeat(5_000)
    expect(
      readText(document({ balances: balance('OPBD', '0') + balance('CLBD', '50'), entries: entry({ value: '50.00', details }) })),
    ).toMatchObject({
      file: { ok: true, lines: 5_000 },
      verdicts: [{ problems: [] }],
    })
  })

  it('may hold a line of the other direction, which counts against the rest', () => {
    const details = part('12.00', rf) + part('2.00', 'fee', '<CdtDbtInd>DBIT</CdtDbtInd>')
    expect(codes(document({ entries: entry({ details }) }))).toEqual([[], ['debit']])
  })

  it.each([
    ['another sum', part('7.50', rf) + part('2.51', rf)],
    ['an amount missing', part('7.50', rf) + paid(rf)],
    ['another currency', part('7.50', rf) + part('2.50', rf, '', 'USD')],
    ['one transaction of two announced', `<Btch><NbOfTxs>2</NbOfTxs></Btch>${paid(rf)}`],
    ['a single transaction of another amount', part('9.00', rf)],
    ['a single transaction of the other direction', part('10.00', rf, '<CdtDbtInd>DBIT</CdtDbtInd>')],
    ['a single transaction of an unreadable amount', part('1O.00', rf)],
  ])('waits whole with %s', (_, details) => {
    const told = codes(document({ entries: entry({ details }) }))
    expect(told.every(each => each.includes('lines_do_not_add_up'))).toBe(true)
    expect(creditable(document({ entries: entry({ details }) }))).toEqual([])
  })

  it('without any transaction but with several announced waits', () => {
    const details = '<Btch><NbOfTxs>3</NbOfTxs></Btch>'
    expect(codes(document({ entries: entry({ details }).replace('</Ntry>', `<AddtlNtryInf>${rf}</AddtlNtryInf></Ntry>`) }))).toEqual([
      ['lines_do_not_add_up'],
    ])
  })

  it('of one transaction that was sent in another currency has the amount that was booked', () => {
    expect(creditable(document({ entries: entry({ details: part('11.60', rf, '', 'USD') }) }))).toEqual(['10.00'])
  })
})

describe('the proof of a statement', () => {
  const trusts = (balances: string, entries = good) => readText(document({ balances, entries })).verdicts[0]?.problems.length === 0
  it('takes the closing balance of the period before for an opening one', () => {
    expect(trusts(balance('PRCD', '100.00', 'EUR', '2026-11-19') + balance('CLBD', '110.00'))).toBe(true)
  })
  it('counts debit balances as below zero, and goes through it', () => {
    expect(trusts(balance('OPBD', '4.00', 'EUR', '2026-11-20', 'DBIT') + balance('CLBD', '6.00'))).toBe(true)
    expect(trusts(balance('OPBD', '0.00', 'EUR', '2026-11-20', 'DBIT') + balance('CLBD', '10.00'))).toBe(true)
  })
  it('holds over several days, from the first opening to the last closing balance', () => {
    const days =
      balance('OPBD', '107.00', 'EUR', '2026-11-21') +
      balance('CLBD', '107.00', 'EUR', '2026-11-20') +
      balance('OPBD', '100.00') +
      balance('CLBD', '110.00', 'EUR', '2026-11-21')
    expect(trusts(days)).toBe(true)
  })
  it('holds for a page between interim balances', () => {
    const marked = '<SubTp><Cd>INTM</Cd></SubTp>'
    expect(trusts(balance('ITBD', '100.00') + balance('ITBD', '110.00'))).toBe(true)
    expect(trusts(balance('OPBD', '100.00') + balance('ITBD', '110.00'))).toBe(true)
    expect(trusts(balance('ITBD', '100.00') + balance('CLBD', '110.00'))).toBe(true)
    expect(
      trusts(
        balance('OPBD', '100.00', 'EUR', '2026-11-20', 'CRDT', marked) + balance('CLBD', '110.00', 'EUR', '2026-11-20', 'CRDT', marked),
      ),
    ).toBe(true)
    expect(trusts(balance('ITBD', '110.00') + balance('ITBD', '100.00'))).toBe(false)
  })
  it('is made in each currency apart, and fails where one of them fails', () => {
    const yen = balance('OPBD', '500', 'JPY') + balance('CLBD', '510', 'JPY')
    const euro = balance('OPBD', '100.00') + balance('CLBD', '110.00')
    expect(trusts(euro + yen, good + entry({ currency: 'JPY', value: '10' }))).toBe(true)
    expect(trusts(euro + yen)).toBe(false)
    expect(trusts(euro, good + entry({ currency: 'JPY', value: '10' }))).toBe(false)
  })
  it('is made for each statement of a file apart', () => {
    const account = '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>'
    const statement = (closing: string) => `<Stmt><Id>S</Id>${account}${balance('OPBD', '100.00')}${balance('CLBD', closing)}${good}</Stmt>`
    const read = readText(document({ statements: statement('110.00') + statement('111.00') }))
    expect(read.lines.map(line => read.verdicts.some(verdict => isCreditable(line, verdict)))).toEqual([true, false])
    expect(read.verdicts.map(verdict => verdict.statement)).toEqual([1, 2])
    expect(read.headers.map(header => header.number)).toEqual([1, 2])
  })
  it('is exact where floating point is not', () => {
    const tenths = entry({ value: '0.10', ref: 'T' }).repeat(3)
    expect(trusts(balance('OPBD', '9007199254740993.00') + balance('CLBD', '9007199254740993.30'), tenths)).toBe(true)
    expect(trusts(balance('OPBD', '9007199254740993.00') + balance('CLBD', '9007199254740993.31'), tenths)).toBe(false)
  })
})
