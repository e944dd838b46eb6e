import { expect, it } from 'vitest'
import { parseMailPhrase } from '#core/account/mailPhrase.ts'

const lin = { email: 'Lin.Mei@example.org', name: 'Lin Meihua 林美华' }

it('is kept in one form', () => {
  expect(parseMailPhrase('  seven\u3000 quiet   kettles ', lin)).toEqual({ ok: true, value: 'seven quiet kettles' })
  expect(parseMailPhrase('茶'.repeat(6), lin)).toMatchObject({ ok: true })
  expect(parseMailPhrase('x'.repeat(60), lin)).toMatchObject({ ok: true })
})

it.each(['', '   ', 'short', '茶茶茶茶茶', 'x'.repeat(61), 'a\u0000bcdefgh', 'abc\u202edefgh', 'two\nlines here', 'e\u0301'.repeat(300)])(
  'refuses what is too short, too long, or cannot be seen: %j',
  typed => expect(parseMailPhrase(typed, lin)).toMatchObject({ ok: false, decline: { code: 'mail_phrase_invalid' } }),
)

it.each(['lin.mei@example.org', 'LIN MEI', 'lin-mei-', 'Lin Meihua 林美华', 'ｌｉｎ．ｍｅｉ', '!!! ??? ...'])(
  'refuses what a forger knows, however it is written: %j',
  typed => expect(parseMailPhrase(typed, lin)).toMatchObject({ ok: false, decline: { code: 'mail_phrase_known' } }),
)
