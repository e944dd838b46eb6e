import { describe, expect, it } from 'vitest'
import { checkPassword } from '#core/account/password.ts'
import { freeTries, signInWaitMs } from '#core/account/signInWait.ts'

const person = { email: 'wang.xiaoming@example.org', name: 'Robert 王小明', bornOn: '1990-05-17' }
const common = new Set(['password123', 'q1w2e3r4t5', 'monkey'])
const check = (password: string) => checkPassword(password, person, word => common.has(word))

describe('an account password', () => {
  it.each(['correct horse battery', 'tr0ub4dor&3xx', '四个不相干的词语组成密码', 'aaaaaaaaab', '  ten chars '])(
    'may be %j: no kind of character is demanded',
    text => {
      expect(check(text)).toEqual({ ok: true, value: text })
    },
  )

  it.each([
    ['', 'password_too_short'],
    ['ninechars', 'password_too_short'],
    ['😀'.repeat(9), 'password_too_short'],
    ['x'.repeat(200) + 'yz'.repeat(29), 'password_too_long'],
    ['PassWord123', 'password_common'],
    ['ｐａｓｓｗｏｒｄ１２３', 'password_common'],
    ['q1w2e3r4t5', 'password_common'],
    ['aaaaaaaaaaaa', 'password_common'],
    ['abcabcabcabc', 'password_common'],
    ['monkeymonkey', 'password_common'],
    ['1234567890', 'password_common'],
    ['9876543210', 'password_common'],
    ['abcdefghijkl', 'password_common'],
    ['xx-wang.xiaoming-xx', 'password_personal'],
    ['WangXiaoming!!', 'password_personal'],
    ['my robert pass', 'password_personal'],
    ['我是王小明，你好吗朋友', 'password_personal'],
    ['secret19900517', 'password_personal'],
    ['secret 17.05.1990', 'password_personal'],
    ['05/17/1990 yes!', 'password_personal'],
    ['密码是1990年05月17日', 'password_personal'],
    ['go-17-05-90-go', 'password_personal'],
  ])('may not be %j: %s', (text, code) => {
    expect(check(text)).toMatchObject({ ok: false, decline: { code } })
  })

  it('says how long it must be and may be', () => {
    expect(check('short')).toMatchObject({ decline: { detail: { min: '10' } } })
    expect(check('ab cd'.repeat(100))).toMatchObject({ decline: { detail: { max: '256' } } })
  })

  it('may have 256 characters of any script, and is kept whole', () => {
    const long = `${'长'.repeat(250)}abcdef`
    expect(check(long)).toEqual({ ok: true, value: long })
  })

  it('does not take short names and parts for the person', () => {
    const li = { email: 'li@example.org', name: 'Li Na', bornOn: null }
    expect(checkPassword('delightful rain', li, () => false).ok).toBe(true)
  })
})

it('the wait after wrong passwords begins at 15 s, grows twofold and ends at 15 minutes', () => {
  const waits = Array.from({ length: 14 }, (_, n) => signInWaitMs('account', n) / 1000)
  expect(waits).toEqual([0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900])
  expect(signInWaitMs('address', freeTries.address - 1)).toBe(0)
  expect(signInWaitMs('address', 1_000_000)).toBe(900_000)
})
