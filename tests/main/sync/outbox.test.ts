import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Command } from '#contracts/service/commands.ts'
import type { CommandAnswer } from '#contracts/service/money.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { createOutbox } from '#main/sync/outbox.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { testClock } from '../../support/clock.ts'

let dir: string
let store: WalletStore
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'okpay-outbox-'))
  store = await openWalletStore({ path: join(dir, 'wallet.db'), key: randomBytes(32) })
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true, force: true })
})

const id = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`
const done: Outcome<CommandAnswer> = ok({ ok: true, feed: 1 })
const signature = 'A'.repeat(86)

const rethrow = (error: unknown): void => {
  throw error
}

/** An outbox whose service answers by `answer`; `sent` is every command that left, as JSON. */
function outboxOf(
  answer: (command: Command) => Outcome<CommandAnswer>,
  clock = testClock(),
  { onSaved = async () => {}, onBug = rethrow }: { onSaved?: () => Promise<void>; onBug?: (error: unknown) => void } = {},
) {
  const sent: string[] = []
  const told: string[] = []
  const outbox = createOutbox({
    store,
    clock,
    sign: () => signature,
    async post(command) {
      sent.push(JSON.stringify(command))
      return answer(command)
    },
    onSaved,
    onAnswer: async ({ command }, { ok: isDone }) => {
      told.push(`${command.id.at(-1)} ${isDone}`)
    },
    onBug,
  })
  return { outbox, clock, sent, told }
}

const open = (outbox: ReturnType<typeof createOutbox>, n: number) => outbox.send(id(n), 'currencies.open', { currencies: ['EUR'] }, null)
const offline = (): never => {
  throw new Fault('service_offline')
}

describe('the outbox', () => {
  test('a wish that was saved is sent also where the disk was full for a moment when the wallet began', async () => {
    const before = outboxOf(offline)
    expect(await open(before.outbox, 1)).toMatchObject({ value: { state: 'waiting' } })
    const bugs: unknown[] = []
    const onSaved = async () => {
      if (bugs.length === 0) throw new Fault('disk_full')
    }
    const after = outboxOf(() => done, before.clock, { onSaved, onBug: error => bugs.push(error) })
    after.outbox.start()
    await vi.waitFor(() => expect(bugs).toHaveLength(1))
    await after.clock.moves(2_000)
    await vi.waitFor(() => expect(after.sent).toEqual(before.sent))
    after.outbox.stop()
  })

  test('keeps a wish that could not be sent, and sends the same bytes after a restart', async () => {
    const before = outboxOf(offline)
    expect(await open(before.outbox, 1)).toEqual(ok({ state: 'waiting', fault: 'service_offline' }))
    before.outbox.stop()

    const after = outboxOf(() => done, testClock(Date.now() + 3_600_000))
    after.outbox.start()
    await vi.waitFor(() => expect(after.told).toEqual(['1 true']))
    after.outbox.stop()
    expect(after.sent).toEqual(before.sent)
    await vi.waitFor(async () => expect(await store.openIntents()).toEqual([]))
  })

  test('gives the first answer again and sends nothing for it', async () => {
    let times = 0
    const { outbox, sent } = outboxOf(() => ok({ ok: true, feed: ++times }))
    const first = await open(outbox, 1)
    expect(await open(outbox, 1)).toEqual(first)
    expect(sent).toHaveLength(1)
    expect(await outbox.send(id(1), 'currencies.open', { currencies: ['JPY'] }, null)).toMatchObject({ decline: { code: 'id_reused' } })
  })

  test('keeps a refusal as the answer, but not "later" and not "sign in again"', async () => {
    expect(await open(outboxOf(() => no('signature_invalid')).outbox, 1)).toMatchObject({
      value: { state: 'answered', answer: { ok: false, decline: { code: 'signature_invalid' } } },
    })
    expect(await open(outboxOf(() => no('sign_in_wait')).outbox, 2)).toMatchObject({ value: { state: 'waiting' } })
    expect(await open(outboxOf(() => no('device_revoked')).outbox, 3)).toMatchObject({ ok: false, decline: { code: 'device_revoked' } })
    expect((await store.openIntents()).map(intent => intent.id)).toEqual([id(2), id(3)])
  })

  test('one wish that the service stumbles over does not keep the others waiting', async () => {
    const before = outboxOf(offline)
    for (const n of [1, 2, 3]) await open(before.outbox, n)
    const after = outboxOf(({ id: asked }) => {
      if (asked === id(1)) throw new Fault('unexpected')
      return done
    })
    after.outbox.start()
    await vi.waitFor(async () => expect((await store.openIntents()).map(intent => intent.id)).toEqual([id(1)]))
    after.outbox.stop()
    expect(after.told).toEqual(['2 true', '3 true'])
  })

  test('waits longer each time, and not at all once the service is there', async () => {
    const { outbox, clock, sent } = outboxOf(offline)
    outbox.start()
    await open(outbox, 1)
    await vi.waitFor(() => expect(sent.length).toBeGreaterThanOrEqual(2))
    const times = sent.length
    outbox.wake()
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(times))
    await clock.moves(120_000)
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(times + 1))
    outbox.stop()
    const last = sent.length
    await clock.moves(600_000)
    expect(sent).toHaveLength(last)
  })
})
