import { syllableOf } from './pinyin.ts'

/** The ways in which a name can be written in small Latin letters, each as its parts. */
export type NameForms = readonly (readonly string[])[]

/** Letters that are more than a letter with a mark. */
const latin: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ə: 'a' },
}

/** Cyrillic as ICAO Doc 9303, part 3, section 6 B writes it in passports; Greek as ISO 843 does, without its marks. */
const others: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch' },
  ...{ ъ: 'ie', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia', є: 'ie', ђ: 'd', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz' },
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p' },
  ...{ ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
}

/** German umlauts and their kin are also written with an e behind them. */
const spread: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
/** Arabic letters that are written in several ways. */
const arabic: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه', ؤ: 'و', ئ: 'ي', ک: 'ك', ی: 'ي' }

const longest = 500
const mostParts = 12
const longestPart = 40

const fold = (text: string): string => text.slice(0, longest).normalize('NFKC').toLowerCase()
const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
const each = (text: string, table: Readonly<Record<string, string>>): string => [...text].map(letter => table[letter] ?? letter).join('')

/** Chinese characters follow each other without a blank: each is a part. */
const apart = (text: string): string => text.replace(/\p{Script=Han}/gu, ' $& ')

/** Apostrophes and the like stand within a part; all else that is no letter or digit divides. */
const partsOf = (text: string): readonly string[] =>
  text
    .replace(/['’‘ʼ`ʿʾ]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(part => part !== '')
    .slice(0, mostParts)
    .map(part => part.slice(0, longestPart))

/** The ü of pinyin as passports and keyboards write it. */
const umlauts: Readonly<Record<string, string>> = { lv: 'lu', lyu: 'lu', nv: 'nu', nyu: 'nu' }

const spoken = (parts: readonly string[]): readonly string[] =>
  parts.map((part, index) => syllableOf(part, index === 0) ?? umlauts[part] ?? part)

/** The forms of a name in any script; none for a text without letters. */
export function nameForms(name: string): NameForms {
  const text = fold(name)
  const plain = partsOf(apart(each(each(bare(each(text, latin)), arabic), others)))
  const forms = [plain, spoken(plain), partsOf(apart(each(bare(each(each(text, spread), latin)), others)))]
  const seen = new Set<string>()
  return forms.filter(form => form.length > 0 && !seen.has(form.join(' ')) && seen.add(form.join(' ')))
}

/** Levenshtein's distance as a likeness from 0 to 1. */
function spelling(a: string, b: string): number {
  if (a === b) return 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return 1 - (row[b.length] ?? 0) / Math.max(a.length, b.length)
}

/** What is left of a part when vowels and ways of spelling are taken away: Muhammad, Mohamed and Mohammed have the same. */
const skeleton = (part: string): string =>
  part
    .replace(/[ckq]+h?/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/[sz]+/g, 's')
    .replace(/[aeiouyw]/g, '')
    .replace(/(.)\1/g, '$1')

const skeletonFrom = 6
const sameSkeleton = 0.94
const initial = 0.85

/** By their letters, or by what is left of long ones when the ways of spelling are taken away. */
function writing(a: string, b: string): number {
  const isLong = a.length >= skeletonFrom && b.length >= skeletonFrom
  return isLong && a.charAt(0) === b.charAt(0) && skeleton(a) === skeleton(b) ? Math.max(sameSkeleton, spelling(a, b)) : spelling(a, b)
}

function partLikeness(a: string, b: string): number {
  if (a === b) return 1
  if (a.length === 1 || b.length === 1) return a.charAt(0) === b.charAt(0) ? initial : 0
  // Short parts, as the syllables of Chinese names, are others where one letter is.
  return Math.min(a.length, b.length) < 4 ? 0 : writing(a, b)
}

/** A part that only one of the two has takes so much away: a middle name, a title. */
const eachMore = 0.03

/** In any order: each part of the shorter name with the one of the longer that is most like it. */
function inAnyOrder(a: readonly string[], b: readonly string[]): number {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  const left = [...longer]
  let sum = 0
  let letters = 0
  for (const part of shorter) {
    const best = left.reduce((at, other, index) => (partLikeness(part, other) > partLikeness(part, left[at] ?? '') ? index : at), 0)
    sum += partLikeness(part, left[best] ?? '') * part.length
    letters += part.length
    left.splice(best, 1)
  }
  // One part of several is no name.
  if (letters === 0 || (shorter.length === 1 && left.length > 0)) return 0
  return sum / letters - eachMore * left.length
}

const mostTurns = 5

/** Parts written together or apart: Weiming is Wei Ming, Abdulrahman is Abdul Rahman. The name may begin with any of its parts. */
function together(a: readonly string[], b: readonly string[]): number {
  const whole = b.join('')
  const turns = a.slice(0, mostTurns).map((_, index) => [...a.slice(index), ...a.slice(0, index)].join(''))
  return Math.max(...turns.map(turn => (Math.abs(turn.length - whole.length) > 3 ? 0 : writing(turn, whole))))
}

/** How alike two names are, from 0 to 1: whatever their script, the order of their parts, their accents and the ways of writing them in Latin letters. */
export function likeness(a: NameForms, b: NameForms): number {
  let best = 0
  for (const one of a)
    for (const other of b) best = Math.max(best, inAnyOrder(one, other), one.length === other.length ? 0 : together(one, other))
  return best
}
