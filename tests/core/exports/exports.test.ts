import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvText } from '#core/exports/csv.ts'
import type { Statement, StatementLine } from '#core/exports/format.ts'
import { formats } from '#core/exports/index.ts'
import { localTime } from '#core/exports/localTime.ts'
import { maxMinor, toDecimal } from '#core/money/amount.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'

const textArb = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('=1+1', '+49', '-5', '@x', '\tx', '"', ',', '\r\n', ';', '  ', '咖啡', '|', '(a) b', 'a  b', '=', '"a","b"', '-'),
)
const lineArb: fc.Arbitrary<StatementLine> = fc.record({
  id: fc.uuid(),
  at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  kind: fc.constantFrom('top_up', 'payment', 'fee', 'reversal'),
  title: textArb,
  reference: textArb,
  currency: fc.constantFrom(...currencyCodes),
  minor: fc.bigInt({ min: -maxMinor, max: maxMinor }),
  feeMinor: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  afterMinor: fc.bigInt({ min: -maxMinor, max: maxMinor }),
})
const statement: Statement = { from: null, until: null, holder: 'Alice', madeAt: 0, timeZone: 'Asia/Shanghai', locale: 'en', proof: [] }

test('every amount and text of a CSV is read back as it was, but for the mark before a formula', () => {
  fc.assert(
    fc.property(fc.array(lineArb, { minLength: 1, maxLength: 10 }), lines => {
      const writer = formats.csv.writer(statement)
      const rows: string[][] = parse(`${writer.begin()}${lines.map(writer.line).join('')}${writer.end()}`, { bom: true })
      expect(rows.slice(1).map(row => [row[4], row[5], row[6], row[7], row[8], row[9], row[10]])).toEqual(
        lines.map(({ currency, title, reference, minor, feeMinor, afterMinor, id }) => [
          /^[=+\-@\t\r＝＋－＠]/.test(title) ? `'${title}` : title,
          /^[=+\-@\t\r＝＋－＠]/.test(reference) ? `'${reference}` : reference,
          toDecimal({ currency, minor }),
          currency,
          toDecimal({ currency, minor: feeMinor }),
          toDecimal({ currency, minor: afterMinor }),
          id,
        ]),
      )
    }),
  )
})

test('a text that a spreadsheet would run gets a mark; a negative amount never does', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\tx']) expect(csvText(text)).toBe(`'${text}`)
  expect(csvText('=a,"b"')).toBe(`"'=a,""b"""`)
  const line = {
    id: 'i',
    at: 0,
    kind: 'payment',
    title: 't',
    reference: '',
    currency: 'EUR',
    minor: -5n,
    feeMinor: 0n,
    afterMinor: -5n,
  } as const
  expect(formats.csv.writer(statement).line(line)).toBe(
    '1970-01-01,08:00:00,payment,done,t,,-0.05,EUR,0.00,-0.05,i,1970-01-01T00:00:00.000Z\r\n',
  )
})

test('the header is in the language of the person', () => {
  expect(formats.csv.writer({ ...statement, locale: 'zh-CN' }).begin()).toBe(
    '\uFEFF日期,时间,类型,状态,名称,参考号,金额,币种,手续费,变动后余额,编号,时刻（UTC）\r\n',
  )
  expect(formats.csv.writer({ ...statement, locale: 'xx' }).begin()).toMatch(
    /^\uFEFFDate,Time,Kind,State,Title,Reference,Amount,Currency,Fee,Balance after,ID,/,
  )
})

test('the legs of a journal entry sum to zero and assert the balance that they leave', () => {
  const line = {
    id: 'i',
    at: 0,
    kind: 'payment',
    title: '星巴克:咖啡; (x)',
    reference: 'RF18 5',
    currency: 'EUR',
    minor: -105n,
    feeMinor: 5n,
    afterMinor: 895n,
  } as const
  expect(formats.hledger.writer(statement).line(line)).toBe(
    [
      'account assets:okpay:EUR',
      'account expenses:shop:星巴克 咖啡 x',
      'account expenses:fees:okpay',
      '1970-01-01 * (RF18 5) 星巴克:咖啡 (x)  ; id: i, at: 1970-01-01T00:00:00.000Z',
      '    assets:okpay:EUR  EUR -1.05 = EUR 8.95',
      '    expenses:shop:星巴克 咖啡 x  EUR 1.00',
      '    expenses:fees:okpay  EUR 0.05',
      '',
      '',
    ].join('\n'),
  )
})

describe('days and times in a zone', () => {
  test('follow its changes of the clock, whatever order the instants come in', () => {
    const berlin = localTime('Europe/Berlin')
    expect(berlin(Date.UTC(2026, 2, 29, 0, 59, 59))).toEqual({ date: '2026-03-29', time: '01:59:59' })
    expect(berlin(Date.UTC(2026, 2, 29, 1))).toEqual({ date: '2026-03-29', time: '03:00:00' })
    expect(berlin(Date.UTC(2026, 0, 1, 23, 30))).toEqual({ date: '2026-01-02', time: '00:30:00' })
    expect(localTime('Asia/Kathmandu')(0)).toEqual({ date: '1970-01-01', time: '05:30:00' })
    expect(localTime('Pacific/Chatham')(Date.UTC(2026, 6, 1))).toEqual({ date: '2026-07-01', time: '12:45:00' })
  })
  test('are those of the platform for every instant', () => {
    for (const timeZone of ['America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'UTC']) {
      const local = localTime(timeZone)
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), at => {
          const { date, time } = local(at)
          expect(`${date} ${time}`).toBe(format.format(at))
        }),
      )
    }
  })
})
