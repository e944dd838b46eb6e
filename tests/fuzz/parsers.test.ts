import fc from 'fast-check'
import { generateSync } from 'otplib'
import { describe, expect, test } from 'vitest'
import { codeFromBytes, payLink, readCode, readPayText } from '#contracts/wire/links.ts'
import { isListed } from '#core/account/breached.ts'
import { readMailCode } from '#core/account/code.ts'
import { parsePhone } from '#core/account/contactDetails.ts'
import { parseDeviceName } from '#core/account/deviceName.ts'
import { parseEmail } from '#core/account/email.ts'
import { parseBirthDay, parseName } from '#core/account/person.ts'
import { recoveryLength } from '#core/account/secondFactor.ts'
import { declineCodes } from '#core/failure/declines.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import { checkPixels, documentKind } from '#core/identity/file.ts'
import { readMrz } from '#core/identity/mrz.ts'
import { readUnList } from '#core/identity/sanctions/unList.ts'
import { parseDecimal } from '#core/money/amount.ts'
import { parseContactName, parseLabel, parseNote } from '#core/personal/text.ts'
import { createFileReader } from '#core/rails/bank/format.ts'
import { readEpcPayload } from '#core/rails/epcQr.ts'
import { parseIban } from '#core/rails/iban.ts'
import { bankFiles } from '#core/rails/index.ts'
import { readWords, wordsOf } from '#main/vault/recoveryWords.ts'
import { acceptedStep } from '#service/features/secondFactor/totp.ts'
import { fuzzRuns, nastyTexts, spoilt } from '../support/fuzz.ts'

const now = Date.parse('2026-11-22T04:00:00.000Z')
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Whether an answer is one of the kinds that a parser may give: a value, nothing, or a decline of the closed table. */
function isTyped(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return true
  const outcome = answer as Outcome<unknown>
  return outcome.ok || declineCodes.includes(outcome.decline.code)
}

const list = ['00', '5B', 'A9', 'FF'].map(head => `${head.padEnd(40, '0')}:3\r\n`).join('')
const hash = '5B'.padEnd(40, '0')
const inList = (text: string) => isListed(async (from, bytes) => text.slice(from, from + bytes), text.length, hash)

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const mrz = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10'
const words = wordsOf(new Uint8Array(32).fill(7))

/** What each reads when nothing is wrong with it, and how. Its good text is read, so that what is nearly it is tried. */
const parsers: Readonly<Record<string, { readonly good: string; readonly read: (text: string) => unknown }>> = {
  'a payment link': { good: payLink('K7F39QTX', '8XJ2K7F39QTX'), read: readPayText },
  'a code of an order': { good: 'K7F3-9QTX', read: readPayText },
  'a telephone number': { good: '+49 151 234-567 89', read: parsePhone },
  'a mailed code': { good: '123 456', read: readMailCode },
  'a code of an authenticator app': {
    good: generateSync({ secret, epoch: now / 1000 }),
    read: text => {
      const code = readMailCode(text)
      return code && acceptedStep(secret, code, 0, now)
    },
  },
  'a recovery code': {
    good: codeFromBytes(new Uint8Array(recoveryLength).fill(9), recoveryLength),
    read: text => readCode(text, recoveryLength),
  },
  'the words of a kit': { good: words.join(' '), read: text => asValue(readWords(text)) },
  'a saved kit': { good: words.map((word, n) => `${n + 1}. ${word}`).join('\n'), read: text => asValue(readWords(text)) },
  'an e-mail': { good: 'lin.wei@okpay.example', read: text => asValue(parseEmail(text)) },
  'a name': { good: '林 Meihua', read: text => asValue(parseName(text)) },
  'a birthday': { good: '2000-02-29', read: text => asValue(parseBirthDay(text, now)) },
  'the name of a device': { good: 'Laptop', read: text => asValue(parseDeviceName(text)) },
  'a note': { good: 'rent 房租', read: text => asValue(parseNote(text)) },
  'a label': { good: 'tea', read: text => asValue(parseLabel(text)) },
  'the name of a contact': { good: 'Lin', read: text => asValue(parseContactName(text)) },
  'an amount': { good: '24.90', read: text => parseDecimal('EUR', text) },
  'an IBAN': { good: 'DE89 3704 0044 0532 0130 00', read: parseIban },
  'an EPC code': {
    good: 'BCD\n002\n1\nSCT\n\nOKPAY\nDE89370400440532013000\nEUR24.90\n\nRF18539007547034\n\n',
    read: readEpcPayload,
  },
  'a machine-readable zone': { good: mrz, read: text => asValue(readMrz(text, now)) },
}

/** The value of an outcome; a decline of the table as nothing. */
function asValue<T>(outcome: Outcome<T>): T | undefined {
  expect(isTyped(outcome)).toBe(true)
  return outcome.ok ? outcome.value : undefined
}

describe.each(Object.entries(parsers))('%s', (_, { good, read }) => {
  test('is read', () => expect(read(good)).toBeDefined())

  test('that is odd, or nearly right, is read or refused, and nothing is thrown', () => {
    for (const text of nastyTexts) read(text)
    fc.assert(
      fc.property(fc.oneof(spoilt(good), fc.string({ unit: 'binary', maxLength: 200 })), text => {
        read(text)
      }),
      { numRuns: fuzzRuns(200) },
    )
  })
})

describe('codes of six digits', () => {
  test('are digits of ASCII alone: other numerals, letters, five and seven are none', () => {
    for (const text of [
      '١٢٣٤٥٦',
      '１２３４５６',
      '१२३४५६',
      '12345',
      '1234567',
      '12345a',
      'abcdef',
      '12e456',
      '-12345.',
      '',
      '１23456',
      '𝟏𝟐𝟑𝟒𝟓𝟔',
    ])
      expect([text, readMailCode(text)]).toEqual([text, undefined])
    fc.assert(
      fc.property(fc.stringMatching(/^\p{Nd}{6}$/u), text => {
        expect(readMailCode(text)).toBe(/^[0-9]{6}$/.test(text) ? text : undefined)
      }),
      { numRuns: fuzzRuns(200) },
    )
  })

  test('of an app count for a step before and after now, not for two, and not on a clock that is a day off', () => {
    const at = (seconds: number) => acceptedStep(secret, generateSync({ secret, epoch: now / 1000 + seconds }), 0, now) !== undefined
    expect([-86_400, -60, -30, 0, 30, 60, 86_400].map(at)).toEqual([false, false, true, true, true, false, false])
  })
})

test('a list of breached passwords that is no list ends, and says yes only of what stands in it', async () => {
  expect(await inList(list)).toBe(true)
  for (const text of nastyTexts) expect(await inList(text)).toBe(false)
  await fc.assert(
    fc.asyncProperty(spoilt(list), async text => {
      if (await inList(text)) expect(text.toUpperCase()).toContain(hash)
    }),
    { numRuns: fuzzRuns(100) },
  )
})

test('a sanctions list that is none is refused by a TypeError and nothing else', () => {
  const good =
    '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-11-01T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ADA</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>'
  expect(readUnList(good).persons).toHaveLength(1)
  fc.assert(
    fc.property(spoilt(good), text => {
      try {
        expect(readUnList(text).persons.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
    }),
    { numRuns: fuzzRuns(100) },
  )
})

test('bytes that are no document, or begin as one, are refused in words', () => {
  const heads = [
    [0xff, 0xd8, 0xff, 0xe0, 0, 0x10],
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52],
    [...bytesOf('%PDF-1.7\n')],
    [...bytesOf('GIF89a')],
    [0, 0, 0, 0x18, ...bytesOf('ftypheic')],
    [],
  ]
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, rest) => {
      const bytes = Uint8Array.from([...head, ...rest])
      expect(isTyped(documentKind(bytes))).toBe(true)
      for (const kind of ['jpeg', 'png'] as const) expect(isTyped(checkPixels(bytes, kind))).toBe(true)
    }),
    { numRuns: fuzzRuns(300) },
  )
})

describe.each(Object.entries(bankFiles))('a bank file as %s', (_, format) => {
  const good =
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt></BkToCstmrStmt></Document>'

  test('that is spoilt anywhere, in pieces of any size, is read or refused by a problem', () => {
    fc.assert(
      fc.property(spoilt(good), fc.integer({ min: 1, max: 64 }), (text, size) => {
        const ignore = () => undefined
        const sink = { opened: ignore, line: ignore, closed: ignore }
        const decodingFor = (label: string) => new TextDecoder(label, { fatal: true })
        const reader = createFileReader(format, sink, { decodingFor })
        const bytes = bytesOf(text)
        for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size))
        const end = reader.end()
        expect(end.ok || typeof end.problem.code === 'string').toBe(true)
      }),
      { numRuns: fuzzRuns(100) },
    )
  })
})
