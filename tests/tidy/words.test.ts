import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isLocale, locales, messagesOf } from '#locales/index.ts'
import { type Finding, readSources } from '../../scripts/tidy/source.ts'
import { halfWidthChinese, localeGaps, unusedWords } from '../../scripts/tidy/words.ts'

const files = readSources(resolve(import.meta.dirname, '../..'), ['src'])
const english = messagesOf('en')
const tell = (findings: readonly Finding[]) => findings.map(({ path, says }) => `${path}: ${says}`)

for (const locale of Object.keys(locales).filter(isLocale)) {
  test(`${locale} has every message of English, with its arguments`, () => {
    expect(tell(localeGaps(english, locale, messagesOf(locale)))).toEqual([])
  })
}
test('every message is shown somewhere', () => expect(tell(unusedWords(english, files))).toEqual([]))
test('Chinese has its own punctuation', () => expect(tell(halfWidthChinese(messagesOf('zh-CN')))).toEqual([]))
