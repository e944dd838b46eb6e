import { describe, expect, it } from 'vitest'
import { statementProblems } from '#core/rails/bank/problems.ts'
import { balance, document, entry, paid, readBytes, readText, refusalOf } from './reading.ts'

const good = document({ entries: entry({ details: paid('RF18 5390 0754 7034') }) })
const bytesOf = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean, mark = true) => {
  const view = new DataView(new ArrayBuffer((text.length + (mark ? 1 : 0)) * 2))
  if (mark) view.setUint16(0, 0xfeff, littleEndian)
  for (let at = 0; at < text.length; at += 1) view.setUint16((at + (mark ? 1 : 0)) * 2, text.charCodeAt(at), littleEndian)
  return new Uint8Array(view.buffer)
}

describe('a bank file is refused in words', () => {
  it.each<[string, string]>([
    ['empty', ''],
    ['empty', ' \n\t '],
    ['not_xml', 'Date;Amount\n2026-11-20;10.00\n'],
    ['not_xml', ':20:STARTUMS\n:25:12345678/1234567890\n'],
    ['not_xml', '{"entries":[]}'],
    ['not_xml', good.replace('</Acct>', '</Account>')],
    ['not_xml', good.replace('RF18', 'A & B RF18')],
    ['not_xml', good.replace('RF18', 'RF&#0;18')],
    ['not_xml', good + good],
    ['namespace_wrong', '<html><body>Please log in</body></html>'],
    ['namespace_wrong', good.replace(/ xmlns="[^"]*"/, '')],
    ['namespace_wrong', good.replace('urn:iso:std:iso:20022:tech:xsd:', 'urn:swift:xsd:')],
    ['namespace_wrong', good.replaceAll('Document', 'Dokument')],
    ['version_unknown', document({ version: '053.001.01' })],
    ['version_unknown', document({ version: '053.001.14' })],
    ['version_unknown', document({ version: '053.002.08' })],
    ['not_a_statement', document({ version: '052.001.08' })],
    ['not_a_statement', document({ version: '054.001.08' })],
    ['not_a_statement', good.replace('camt.053.001.08', 'pain.001.001.09')],
    ['not_a_statement', good.replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt')],
    ['no_statements', document({ statements: '' })],
    ['xml_doctype', good.replace('<Document', '<!DOCTYPE Document><Document')],
    [
      'xml_doctype',
      good
        .replace('<Document', '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Document')
        .replace('RF18', '&b;'),
    ],
    [
      'xml_doctype',
      good.replace('<Document', '<!DOCTYPE Document [<!ENTITY file SYSTEM "file:///etc/passwd">]><Document').replace('RF18', '&file;'),
    ],
    ['too_deep', good.replace('<Acct>', `${'<X>'.repeat(60)}${'</X>'.repeat(60)}<Acct>`)],
    ['too_deep', `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${'<BkToCstmrStmt>'.repeat(1_000_000)}`],
    ['text_too_long', good.replace('RF18', 'x'.repeat(20_000))],
    ['text_too_long', good.replace('<Acct>', `<!--${'x'.repeat(3_000_000)}--><Acct>`)],
    ['text_too_long', good.replace('<Acct>', `${' '.repeat(3_000_000)}<Acct>`)],
    ['text_too_long', `<${'x'.repeat(3_000_000)}`],
    ['entry_too_big', document({ entries: entry({ details: '<TxDtls/>'.repeat(300_000) }) })],
  ])('as %s (%#)', (code, text) => {
    expect(refusalOf(readBytes(bytesOf(text)))).toBe(code)
    if (text !== '') expect(refusalOf(readText(text))).toBe(code)
  })

  it('as truncated, wherever it ends, and never read as a shorter file', () => {
    for (let end = good.indexOf('<Document') + 1; end < good.length; end += 7)
      expect(refusalOf(readText(good.slice(0, end)))).toBe('truncated')
    expect(refusalOf(readText(good))).toBe('')
  })

  it('as encoding_wrong where its bytes are not what it says', () => {
    const umlaut = good.replace('RF18', 'Müller RF18')
    expect(refusalOf(readBytes(Uint8Array.from(umlaut, character => character.charCodeAt(0))))).toBe('encoding_wrong')
    expect(refusalOf(readBytes(bytesOf(good.replace('UTF-8', 'EBCDIC-CP-FR'))))).toBe('encoding_wrong')
    expect(refusalOf(readBytes(utf16(good, true).subarray(0, -1)))).toBe('encoding_wrong')
    expect(refusalOf(readBytes(bytesOf(good).subarray(0, -40), Uint8Array.of(0xc3)))).toBe('encoding_wrong')
  })

  it('tells where, and stops telling lines', () => {
    const read = readText(good.replace('</Ntry>', '</Ntry>\n</Oops>'))
    expect(read.file).toEqual({ ok: false, problem: { code: 'not_xml', detail: { line: '2', column: '7' } } })
    expect(read.lines).toHaveLength(1)
  })

  it('with a code of the table that refuses files', () => {
    for (const { of, effect } of Object.values(statementProblems)) expect(effect === 'refuse').toBe(of === 'file')
  })
})

describe('every encoding of the standard and of its practice', () => {
  const name = 'Zoë Müller'
  const words = document({ entries: entry({ details: paid(name) }) })
  const latin = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
  it.each<[string, Uint8Array]>([
    ['UTF-8', bytesOf(words)],
    ['UTF-8 with a mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...bytesOf(words))],
    ['UTF-8 without a declaration', bytesOf(words.replace(/<\?xml[^>]*>/, ''))],
    ['UTF-16LE', utf16(words.replace('UTF-8', 'UTF-16'), true)],
    ['UTF-16BE', utf16(words.replace('UTF-8', 'UTF-16'), false)],
    ['UTF-16LE without a mark', utf16(words.replace('UTF-8', 'UTF-16'), true, false)],
    ['ISO-8859-1', latin(words.replace('UTF-8', 'ISO-8859-1'))],
    ['iso-8859-15', latin(words.replace('UTF-8', 'iso-8859-15'))],
    ['windows-1252', latin(words.replace('UTF-8', 'windows-1252'))],
  ])('%s is read, in one piece and byte by byte', (_, bytes) => {
    expect(readBytes(bytes).lines[0]?.remittance).toEqual([name])
    const single = readBytes(...Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1)))
    expect(single).toEqual(readBytes(bytes))
  })

  it('keeps the euro sign of ISO-8859-15 and of windows-1252 apart', () => {
    const euro = (encoding: string, byte: number) => {
      const bytes = latin(words.replace('UTF-8', encoding).replace(name, '#'))
      return readBytes(bytes.map(value => (value === 0x23 ? byte : value))).lines[0]?.remittance
    }
    expect(euro('ISO-8859-15', 0xa4)).toEqual(['€'])
    expect(euro('windows-1252', 0x80)).toEqual(['€'])
  })

  it('reads prefixes and skips foreign namespaces', () => {
    const prefixed = words.replace('xmlns=', 'xmlns:n=').replace(/<(\/?)(?=[A-Z])/g, '<$1n:')
    expect(readText(prefixed).lines).toEqual(readText(words).lines)
    const foreign = words.replace('<Sts>', '<x:Amt xmlns:x="urn:x"><x:Amt>7</x:Amt></x:Amt><Sts>')
    expect(readText(foreign).lines).toEqual(readText(words).lines)
  })
})

describe('a statement that cannot be trusted', () => {
  const open = balance('OPBD', '100.00')
  const close = balance('CLBD', '110.00')
  it.each<[string, string, string?]>([
    ['no_balances', ''],
    ['no_balances', balance('OPAV', '100.00') + balance('CLAV', '110.00')],
    ['opening_missing', close],
    ['closing_missing', open],
    ['opening_missing', balance('OPBD', '100.00', 'USD') + balance('CLBD', '110.00', 'EUR')],
    ['closing_missing', balance('ITBD', '100.00')],
    ['does_not_add_up', open + balance('CLBD', '110.01')],
    ['does_not_add_up', open + balance('CLBD', '110.00', 'EUR', '2026-11-20', 'DBIT')],
    ['balances_contradict', open + balance('OPBD', '90.00') + close],
    ['balance_unreadable', open + close + balance('CLBD', '1,00')],
    ['balance_unreadable', open + close + balance('CLBD', '-110.00')],
    ['balance_unreadable', open + balance('CLBD', '110.000') + balance('CLBD', '110.001')],
    ['too_many_balances', open + close + balance('XPCD', '1.00').repeat(5_000)],
  ])('is told as %s (%#), and none of its entries is creditable', (code, balances) => {
    const read = readText(document({ balances, entries: entry({ details: paid('RF18 5390 0754 7034') }) }))
    expect(read.file.ok).toBe(true)
    expect(read.verdicts[0]?.problems.map(problem => problem.code)).toContain(code)
  })

  it('is one without an account, or that names it after its entries', () => {
    const codes = (text: string) => readText(text).verdicts[0]?.problems.map(problem => problem.code)
    expect(codes(document({ account: '' }))).toEqual(['account_missing'])
    const late = '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>'
    expect(codes(document({ account: '', entries: entry() + late }))).toEqual(['account_missing'])
  })

  it.each([
    ['amount_negative', { value: '-10.00' }],
    ['too_many_decimals', { value: '10.001' }],
    ['amount_malformed', { value: '10,00' }],
    ['amount_malformed', { value: '1e1' }],
    ['amount_malformed', { value: 'ten' }],
    ['amount_malformed', { value: '.' }],
    ['amount_missing', { value: '' }],
    ['currency_missing', { currency: '' }],
    ['currency_unknown', { currency: 'XXX' }],
    ['direction_missing', { way: 'UP' }],
  ] as const)('has a booked entry that is unreadable: %s', (code, parts) => {
    const read = readText(
      document({ balances: open + balance('CLBD', '100.00'), entries: entry({ ...parts, details: paid('RF18 5390 0754 7034') }) }),
    )
    expect(read.lines[0]?.problems.map(problem => problem.code)).toEqual([code])
    expect(read.verdicts[0]?.problems.map(problem => problem.code)).toContain('entry_unreadable')
  })
})
