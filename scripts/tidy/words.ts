import { IntlMessageFormat } from 'intl-messageformat'
import { type Finding, isNode, type SourceFile, walk } from './source.ts'

/** The messages of one language, flat, by dotted key. */
export type Words = Readonly<Record<string, string>>

/** The arguments of an ICU message and its tags, sorted. Whether one is a plural is each language's own matter. */
export function placeholdersOf(message: string): string[] {
  const found = new Set<string>()
  const visit = (parts: readonly unknown[]) => {
    for (const part of parts) {
      if (typeof part !== 'object' || part === null || !('type' in part)) continue
      // The types of the parser: 0 is text, 7 is the # of a plural, 8 a tag; everything else is an argument.
      if ('value' in part && part.type !== 0 && part.type !== 7) found.add(part.type === 8 ? `<${String(part.value)}>` : String(part.value))
      if ('children' in part && Array.isArray(part.children)) visit(part.children)
      if ('options' in part && typeof part.options === 'object' && part.options !== null) {
        for (const branch of Object.values(part.options)) if (Array.isArray(branch?.value)) visit(branch.value)
      }
    }
  }
  visit(new IntlMessageFormat(message, 'en').getAst())
  return [...found].sort()
}

/** Keys that one language lacks or has alone, and messages whose arguments differ from English. */
export function localeGaps(english: Words, locale: string, other: Words): Finding[] {
  const path = `src/locales/${locale}`
  const missing = Object.keys(english).filter(key => !(key in other))
  const extra = Object.keys(other).filter(key => !(key in english))
  const differing = Object.keys(english).filter(
    key => other[key] !== undefined && placeholdersOf(english[key] ?? '').join() !== placeholdersOf(other[key]).join(),
  )
  return [
    ...missing.map(key => ({ path, says: `lacks ${key}` })),
    ...extra.map(key => ({ path, says: `has ${key}, which English has not` })),
    ...differing.map(key => ({ path, says: `${key} has other arguments than in English` })),
  ]
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What the code may ask for: each whole string in it, and each template with its gaps, as a pattern. */
function askedKeys(files: readonly SourceFile[]): { readonly exact: ReadonlySet<string>; readonly patterns: readonly RegExp[] } {
  const exact = new Set<string>()
  const patterns = new Map<string, RegExp>()
  for (const { tree } of files) {
    for (const node of walk(tree)) {
      if (node.type === 'Literal' && typeof node.value === 'string') exact.add(node.value)
      if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) continue
      const pieces = node.quasis.map((quasi: unknown) =>
        isNode(quasi) && typeof quasi.value === 'object' && quasi.value !== null && 'cooked' in quasi.value
          ? String(quasi.value.cooked)
          : '',
      )
      // A template that is nearly all gap would match every key and so prove nothing.
      if (!pieces.some(piece => /[a-zA-Z]\.|\.[a-zA-Z]/.test(piece))) continue
      const pattern = `^${pieces.map(escaped).join('[^\\s]+')}$`
      patterns.set(pattern, new RegExp(pattern))
    }
  }
  return { exact, patterns: [...patterns.values()] }
}

/** Messages that no file asks for. */
export function unusedWords(english: Words, files: readonly SourceFile[]): Finding[] {
  const { exact, patterns } = askedKeys(files.filter(({ path }) => !/^src\/locales\/[^/]+\//.test(path)))
  return Object.keys(english)
    .filter(key => !exact.has(key) && !patterns.some(pattern => pattern.test(key)))
    .map(key => ({ path: 'src/locales/en', says: `${key} is never shown` }))
}

const chinese = '[\\u3400-\\u9fff]'
const halfWidth = new RegExp(`${chinese}[,;:!?]|${chinese}\\.(?=${chinese}|$)|${chinese}\\((?=.*${chinese})`)

/** Chinese with the punctuation of English. */
export const halfWidthChinese = (words: Words): Finding[] =>
  Object.entries(words)
    .filter(([, message]) => halfWidth.test(message.replace(/\{[^{}]*\}/g, '')))
    .map(([key, message]) => ({ path: 'src/locales/zh-CN', says: `${key} has half-width punctuation: ${message}` }))
