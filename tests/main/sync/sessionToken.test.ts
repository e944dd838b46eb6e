import { describe, expect, test } from 'vitest'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { createSessionToken } from '#main/sync/sessionToken.ts'

const session = { token: 'old', deviceId: 'd', keyId: 'k', serviceId: 's', holderId: 'h' }

/** A service that takes `good` alone, and what was done in order. */
function setUp(exchange: (token: string) => Promise<Outcome<{ token: string }>> = async () => ok({ token: 'new' })) {
  const done: string[] = []
  let good = 'new'
  const takes = (next: string): void => {
    good = next
  }
  const token = createSessionToken({
    session,
    exchange: old => {
      done.push(`exchange ${old}`)
      return exchange(old)
    },
    keep: async ({ token: kept }) => void done.push(`keep ${kept}`),
  })
  const ask = () =>
    token.ask(async now => {
      done.push(`ask ${now}`)
      return now === good ? ok('answer') : no('session_stale')
    })
  return { token, ask, done, takes }
}

describe('the token of a session', () => {
  test('that is good is used as it is', async () => {
    const { ask, done, takes } = setUp()
    takes('old')
    expect(await ask()).toEqual(ok('answer'))
    expect(done).toEqual(['ask old'])
  })

  test('that is stale is exchanged and kept before it is used again', async () => {
    const { token, ask, done } = setUp()
    expect(await ask()).toEqual(ok('answer'))
    expect(done).toEqual(['ask old', 'exchange old', 'keep new', 'ask new'])
    expect(token.current()).toEqual({ ...session, token: 'new' })
  })

  test('is exchanged once for all who ask at once', async () => {
    const { ask, done } = setUp()
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([ok('answer'), ok('answer'), ok('answer')])
    expect(done.filter(what => what.startsWith('exchange'))).toEqual(['exchange old'])
  })

  test('stays where the exchange throws, and is exchanged the next time', async () => {
    let isBroken = true
    const { token, ask } = setUp(async () => {
      if (isBroken) throw new Error('the line broke')
      return ok({ token: 'new' })
    })
    await expect(ask()).rejects.toThrow('the line broke')
    expect(token.current().token).toBe('old')
    isBroken = false
    expect(await ask()).toEqual(ok('answer'))
  })

  test.each(['session_expired', 'device_revoked', 'not_signed_in'] as const)('tells that it cannot be exchanged: %s', async code => {
    const { ask, done } = setUp(async () => no(code))
    expect(await ask()).toEqual(no(code))
    expect(done).toEqual(['ask old', 'exchange old'])
  })

  test('whose exchange is refused for a reason of its own leaves what was asked to be asked again', async () => {
    const { token, ask } = setUp(async () => no('signature_invalid'))
    expect(await ask()).toEqual(no('session_stale'))
    expect(token.current().token).toBe('old')
  })

  test('that the service calls stale again at once is told, not exchanged for ever', async () => {
    const { ask, done, takes } = setUp()
    takes('another')
    expect(await ask()).toEqual(no('session_stale'))
    expect(done).toEqual(['ask old', 'exchange old', 'keep new', 'ask new'])
  })
})
