import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'

/** 256 bits and a checksum of 8 (BIP 39). */
export const kitWords = 24

const known: ReadonlySet<string> = new Set(wordlist)

/** 32 bytes as 24 English words of BIP 39. */
export const wordsOf = (entropy: Uint8Array): readonly string[] => entropyToMnemonic(entropy, wordlist).split(' ')

/** `1. abandon`, as a kit numbers them; what else stands in a saved kit is for people. */
const numbered = /(?:^|[^\p{L}\p{N}])(\d{1,2})[.)、:]?[ \t]{1,4}([a-z]{3,8})(?![\p{L}\p{N}])/gu

function wordsIn(text: string): readonly string[] {
  const plain = text.normalize('NFKD').toLowerCase()
  const byNumber: string[] = []
  // What a kit says about itself has numbers too: only those that go on from 1 count.
  for (const [, number = '', word = ''] of plain.matchAll(numbered)) if (Number(number) === byNumber.length + 1) byNumber.push(word)
  if (byNumber.length === kitWords) return byNumber
  return plain.split(/[^\p{L}]+/u).filter(Boolean)
}

/**
 * Reads the words that a person typed, pasted or took from a saved kit: in any case, with numbers or without.
 * Decline: recovery_words_wrong, with how many were `found` where it is another number, with the `position` of the first that is none of the list, or
 * with neither where only the checksum fails. No word is ever told.
 */
export function readWords(text: string): Outcome<Buffer> {
  const words = wordsIn(text)
  if (words.length !== kitWords) return no('recovery_words_wrong', { found: String(words.length) })
  const unknown = words.findIndex(word => !known.has(word))
  if (unknown >= 0) return no('recovery_words_wrong', { position: String(unknown + 1) })
  try {
    return ok(Buffer.from(mnemonicToEntropy(words.join(' '), wordlist)))
  } catch {
    return no('recovery_words_wrong')
  }
}
