import { describe, expect, it } from 'vitest'
import { parseEmail, throwawayDomain } from '#core/account/email.ts'

describe('an e-mail address', () => {
  it.each([
    ['ana@example.org', 'ana@example.org'],
    ['  Ana.Li+okpay@Example.ORG ', 'Ana.Li+okpay@example.org'],
    ['ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'ana@example.org'],
    ['ana@example。org', 'ana@example.org'],
    [`o'hara_1@mail.sub.example.co`, `o'hara_1@mail.sub.example.co`],
    ['li@xn--fiqs8s.xn--fiqs8s', 'li@xn--fiqs8s.xn--fiqs8s'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ])('reads %s', (text, address) => {
    expect(parseEmail(text)).toMatchObject({ ok: true, value: { address } })
  })

  it.each([
    ...['', ' ', 'ana', '@example.org', 'ana@', 'ana@localhost', 'ana@example', 'ana@@example.org', 'a b@example.org', 'ana@exa mple.org'],
    ...['.ana@example.org', 'ana.@example.org', 'a..b@example.org', 'ana@-example.org', 'ana@example-.org', 'ana@.org', 'ana@example..org'],
    ...[
      'ana@example.org.',
      'ana@192.0.2.1',
      'ana@[192.0.2.1]',
      '"ana"@example.org',
      'ana@example.org\nBcc: all@example.org',
      'ana@example.o',
    ],
    ...[
      'ana<x>@example.org',
      'Ana <ana@example.org>',
      'ana@example.org,bo@example.org',
      'ána@example.org',
      '王@example.org',
      'ana@exämple.org',
    ],
    ...['ana@exam\u0000ple.org', 'ana@example.123', `${'a'.repeat(65)}@example.org`, `a@${'b'.repeat(64)}.org`],
    `a@${`${'b'.repeat(60)}.`.repeat(5)}org`,
    'x'.repeat(100_000),
  ])('refuses %j', text => {
    expect(parseEmail(text)).toMatchObject({ ok: false, decline: { code: 'email_invalid' } })
  })

  it('is the same mailbox in any case, whatever case it is sent in', () => {
    const [typed, plain] = [parseEmail('Ana@Example.org'), parseEmail('ana@example.org')]
    expect(typed.ok && plain.ok && typed.value.key === plain.value.key && typed.value.address !== plain.value.address).toBe(true)
  })
})

describe('a throw-away domain', () => {
  const domains = { listed: new Set(['mailinator.com', 'edu.pl']), shared: new Set(['edu.pl']) }

  it('is found by itself and with everything below it', () => {
    expect(throwawayDomain('mailinator.com', domains)).toBe('mailinator.com')
    expect(throwawayDomain('a.b.mailinator.com', domains)).toBe('mailinator.com')
  })

  it('does not take in a domain that only ends alike, or one below a name that is shared', () => {
    expect(throwawayDomain('notmailinator.com', domains)).toBeUndefined()
    expect(throwawayDomain('com', domains)).toBeUndefined()
    expect(throwawayDomain('edu.pl', domains)).toBe('edu.pl')
    expect(throwawayDomain('uw.edu.pl', domains)).toBeUndefined()
  })
})
