import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import encodeQR from 'qr'
import { describe, expect, it } from 'vitest'
import { amount } from '#core/money/amount.ts'
import { type EpcTransfer, epcPayload, readEpcPayload } from '#core/rails/epcQr.ts'
import { makeReference } from '#core/rails/reference.ts'

const transfer: EpcTransfer = {
  name: 'OKPAY Client Money',
  iban: 'BE72000000001616',
  amount: amount('EUR', 2490n),
  reference: makeReference('539007547034'),
}
const textOf = (of: EpcTransfer): string => {
  const payload = epcPayload(of)
  if (!payload.ok) throw new Error(payload.decline.code)
  return payload.value
}

describe('an EPC QR payload', () => {
  it('has the lines of EPC069-12 version 002, without empty ones at the end', () => {
    expect(textOf(transfer)).toBe('BCD\n002\n1\nSCT\n\nOKPAY Client Money\nBE72000000001616\nEUR24.90\n\nRF18539007547034')
  })

  it("reads the guideline's own sample, the Red Cross of Belgium", () => {
    const sample = 'BCD\n001\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1\nCHAR\n\nUrgency fund\nSample EPC QR code'
    expect(readEpcPayload(sample)).toEqual({
      bic: 'BPOTBEB1',
      name: 'Red Cross of Belgium',
      iban: 'BE72000000001616',
      amount: amount('EUR', 100n),
      purpose: 'CHAR',
      text: 'Urgency fund',
      information: 'Sample EPC QR code',
    })
    expect(readEpcPayload(sample.replaceAll('\n', '\r\n'))?.name).toBe('Red Cross of Belgium')
  })

  it.each([0n, -1n, 100_000_000_000n])('is declined for %d cents', minor => {
    expect(epcPayload({ ...transfer, amount: amount('EUR', minor) })).toMatchObject({ ok: false, decline: { code: 'amount_invalid' } })
  })

  it.each([1n, 99_999_999_999n])('is made for %d cents', minor => {
    expect(epcPayload({ ...transfer, amount: amount('EUR', minor) }).ok).toBe(true)
  })

  it.each<[string, Partial<EpcTransfer>]>([
    ['a name of 71 characters', { name: 'x'.repeat(71) }],
    ['no name', { name: '' }],
    ['a name that breaks the line', { name: 'a\nb' }],
    ['a wrong IBAN', { iban: 'BE72000000001617' }],
    ['a wrong BIC', { bic: 'BPOTB' }],
    ['a wrong purpose', { purpose: 'CHARITY' }],
    ['a reference and a text', { text: 'hello' }],
    ['a long information', { information: 'x'.repeat(71) }],
    ['more than 331 bytes', { name: '钱'.repeat(70), information: '钱'.repeat(70) }],
  ])('is a mistake of the program with %s', (_, wrong) => {
    expect(() => epcPayload({ ...transfer, ...wrong })).toThrow(TypeError)
  })

  it.each([
    '',
    'BCD',
    'BCD\n002\n2\nSCT\n\nA\nBE72000000001616\nEUR1',
    'BCD\n002\n1\nSCT\n\nA\nBE72000000001616\nUSD1',
    'BCD\n002\n1\nSCT\n\nA\nBE72000000001616\nEUR1.001',
  ])('is not read from %j', text => {
    expect(readEpcPayload(text)).toBeUndefined()
  })

  it('says what was put in', () => {
    const line = (most: number) =>
      fc
        .stringMatching(new RegExp(`^[A-Za-z0-9äöü€钱 .,-]{1,${most}}$`))
        .map(text => text.trim())
        .filter(text => text !== '')
    fc.assert(
      fc.property(
        line(20),
        fc.bigInt(1n, 99_999_999_999n),
        line(30),
        fc.boolean(),
        fc.boolean(),
        (name, minor, words, hasReference, hasBic) => {
          const of: EpcTransfer = {
            ...{ name, iban: 'DE89370400440532013000', amount: amount('EUR', minor) },
            ...(hasReference ? { reference: makeReference('1234567890') } : { text: words }),
            ...(hasBic && { bic: 'COBADEFFXXX' }),
          }
          expect(readEpcPayload(textOf(of))).toEqual(of)
        },
      ),
    )
  })

  const zbarimg = spawnSync('zbarimg', ['--version']).error === undefined
  it.skipIf(!zbarimg)('is scanned by zbarimg from a drawn code (skipped where zbarimg is not installed)', () => {
    const payload = textOf({ ...transfer, name: 'OKPAY 客户资金' })
    const rows = encodeQR(payload, 'raw', { ecc: 'medium', border: 4, scale: 4 })
    expect(rows.length).toBeLessThanOrEqual((17 + 4 * 13 + 8) * 4)
    const dir = mkdtempSync(join(tmpdir(), 'okpay-qr-'))
    const pgm = `P2\n${rows[0]?.length} ${rows.length}\n1\n${rows.map(row => row.map(dark => (dark ? '0' : '1')).join(' ')).join('\n')}\n`
    writeFileSync(join(dir, 'code.pgm'), pgm)
    const scanned = execFileSync('zbarimg', ['--quiet', '--raw', join(dir, 'code.pgm')], { encoding: 'utf8', stdio: 'pipe' })
    rmSync(dir, { recursive: true })
    expect(scanned.replace(/\n$/, '')).toBe(payload)
    expect(readEpcPayload(scanned.trimEnd())?.reference).toBe('RF18539007547034')
  })
})
