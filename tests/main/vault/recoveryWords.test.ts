import fc from 'fast-check'
import { expect, test } from 'vitest'
import { locales } from '#locales/index.ts'
import { kitText } from '#main/vault/kitText.ts'
import { readWords, wordsOf } from '#main/vault/recoveryWords.ts'

/** From the vectors of BIP 39 (trezor/python-mnemonic, vectors.json): those of 256 bits that are written out by a rule. */
const vectors = [
  ['00', `${'abandon '.repeat(23)}art`],
  ['7f', `${'legal winner thank year wave sausage worth useful '.repeat(2)}legal winner thank year wave sausage worth title`],
  ['80', `${'letter advice cage absurd amount doctor acoustic avoid '.repeat(2)}letter advice cage absurd amount doctor acoustic bless`],
  ['ff', `${'zoo '.repeat(23)}vote`],
] as const

test.each(vectors)('BIP 39 writes 32 bytes of %s as these words', (byte, words) => {
  const entropy = Buffer.from(byte.repeat(32), 'hex')
  expect(wordsOf(entropy).join(' ')).toBe(words)
  expect(readWords(words)).toEqual({ ok: true, value: entropy })
})

const entropies = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('every kit reads back: as words, in capitals, over lines, numbered, and from the file in every language', () => {
  fc.assert(
    fc.property(entropies, bytes => {
      const words = wordsOf(bytes)
      const ways = [
        words.join(' '),
        `  ${words.join('\n').toUpperCase()}\n`,
        words.map((word, index) => `${index + 1}. ${word}`).join('   '),
        words.map((word, index) => `${index + 1}) ${word},`).join('\r\n'),
        ...(Object.keys(locales) as (keyof typeof locales)[]).map(locale => kitText(locale, words, '2026-11-23')),
      ]
      for (const way of ways) {
        const read = readWords(way)
        if (!read.ok || Buffer.compare(read.value, bytes) !== 0) return false
      }
      return true
    }),
    { numRuns: 50 },
  )
})

test('a kit with one wrong word is told by its place, its number or the checksum alone; no word is told', () => {
  const words = [...wordsOf(Buffer.alloc(32, 0x5a))]
  expect(readWords(words.with(6, 'okpay').join(' '))).toEqual({
    ok: false,
    decline: { code: 'recovery_words_wrong', detail: { position: '7' } },
  })
  expect(readWords(words.slice(0, 23).join(' '))).toMatchObject({ decline: { detail: { found: '23' } } })
  expect(readWords('abandon '.repeat(24))).toEqual({ ok: false, decline: { code: 'recovery_words_wrong', detail: {} } })
})

test('any text is read or refused, soon', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), text => readWords(text).ok === false),
    { numRuns: 50 },
  )
})
