import { expect, test } from 'vitest'
import { displayWidth, pairs, table } from '#cli/table.ts'

test('a Chinese character takes two columns, a combining mark none', () => {
  expect(displayWidth('abc')).toBe(3)
  expect(displayWidth('咖啡')).toBe(4)
  expect(displayWidth('，')).toBe(2)
  expect(displayWidth('e\u0301')).toBe(1)
})

test('amounts stand to the right, names to the left, in columns as wide as a terminal shows them', () => {
  const text = table(
    [
      { title: '名称', align: 'left' },
      { title: 'EUR', align: 'right' },
    ],
    [
      ['星巴克', '38.00'],
      ['Bar', '1,204.10'],
    ],
  )
  expect(text.split('\n')).toEqual(['名称         EUR', '──────  ────────', '星巴克     38.00', 'Bar     1,204.10'])
})

test('a payee cannot write control sequences over the terminal', () => {
  const text = table([{ title: 'x', align: 'left' }], [['\u001b[2Jpwned\r\n']])
  expect(text).not.toContain('\u001b')
  expect(text.split('\n')).toHaveLength(3)
  expect(pairs([['a\u0007', 'b\u001b']])).toBe('a   b ')
})
