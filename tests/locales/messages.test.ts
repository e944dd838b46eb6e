import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { declineCodes } from '#core/failure/declines.ts'
import { formatMessage } from '#locales/format.ts'
import { appLocale, type Locale, locales, messagesOf } from '#locales/index.ts'

/** The names of the values that a message takes, from its parsed form. */
function valuesOf(locale: Locale, text: string): readonly string[] {
  const names = new Set<string>()
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each)
    else if (typeof value === 'object' && value !== null) {
      if ('value' in value && 'type' in value && value.type !== 0 && value.type !== 8 && typeof value.value === 'string')
        names.add(value.value)
      for (const each of Object.values(value)) walk(each)
    }
  }
  walk(new IntlMessageFormat(text, locale).getAst())
  return [...names].sort()
}

const tags = Object.keys(locales).filter((tag): tag is Locale => tag in locales)

describe('every message', () => {
  for (const tag of tags) {
    test(`parses in ${tag}`, () => {
      for (const [key, text] of Object.entries(messagesOf(tag))) expect(() => new IntlMessageFormat(text, tag), key).not.toThrow()
    })
  }
  test('takes the same values in Chinese as in English', () => {
    const chinese = messagesOf('zh-CN')
    for (const [key, text] of Object.entries(messagesOf('en')))
      expect(valuesOf('zh-CN', chinese[key] ?? ''), key).toEqual(valuesOf('en', text))
  })
  test('keeps calm: no exclamation marks', () => {
    for (const tag of tags) for (const [key, text] of Object.entries(messagesOf(tag))) expect(text, key).not.toMatch(/[!！]/)
  })
  test('survives both pseudo-locales with its values in place', () => {
    for (const pseudo of ['en-XA', 'ar-XB'] as const) {
      const made = messagesOf(pseudo)
      for (const [key, text] of Object.entries(messagesOf('en')))
        expect(valuesOf('en', made[key] ?? ''), `${pseudo} ${key}`).toEqual(valuesOf('en', text))
    }
  })
})

test('each refusal says what happened and what is next, in two different sentences', () => {
  for (const tag of tags) {
    for (const code of declineCodes) {
      const { what, next } = locales[tag].declines[code]
      expect(what.length, code).toBeGreaterThan(3)
      expect(next, code).not.toBe(what)
    }
  }
})

test('the stretched pseudo-locale is longer and leaves plural keys alone', () => {
  expect(formatMessage('en-XA', 'home.balanceCount', { count: 2 })).toMatch(/^\[2 çúrréñçíés( ~)+\]$/)
})

test('a system language is served by the nearest of ours', () => {
  expect(appLocale('zh-Hans-SG')).toBe('zh-CN')
  expect(appLocale('en-GB')).toBe('en')
  expect(appLocale('fr')).toBe('en')
})
