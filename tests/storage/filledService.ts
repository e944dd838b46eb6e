import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { makeReference } from '#core/rails/reference.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import {
  ana,
  challenge,
  command,
  contactChange,
  deed,
  entry,
  freezeLink,
  laptop,
  line,
  lock,
  mail,
  order,
  registration,
  reset,
  riskCase,
  riskDifference,
  run,
  safety,
  session,
  topUp,
} from '../conformance/serviceRows.ts'

export const bank: AccountId = 'rail:bank:EUR'
const alice: AccountId = 'holder:ana:EUR'
const shop: AccountId = 'merchant:lumen:EUR'
const old: AccountId = 'holder:old:JPY'

/** A ledger with a posting, a hold, a reversal and a decline of every sort. */
export function* history(): Generator<LedgerCommand> {
  let at = 0
  const next = () => ({ id: `c${at}`, at: ++at })
  const both = (from: AccountId, to: AccountId, minor: bigint) => [
    { account: from, minor: -minor },
    { account: to, minor },
  ]
  const post = { type: 'post', kind: 'top_up', subject: 's', effectiveAt: 3 } as const
  for (const account of [bank, alice, shop, old, 'rail:bank:JPY', 'rail:bank:ETH', 'holder:ana:ETH'] as const)
    yield { ...next(), type: 'open', account }
  yield {
    ...next(),
    type: 'post',
    kind: 'top_up',
    subject: 'a huge one',
    effectiveAt: 1,
    legs: both('rail:bank:ETH', 'holder:ana:ETH', 10n ** 37n + 1n),
  }
  for (let n = 0; n < 700; n += 1) yield { ...next(), ...post, legs: both(bank, alice, 1_000n + BigInt(n)) }
  yield { ...next(), ...post, legs: both(alice, bank, 10n ** 12n) }
  yield { ...next(), type: 'reverse', posting: 'c100', subject: 'back', effectiveAt: 4 }
  for (const id of ['open', 'captured', 'released', 'expired'])
    yield { id, at: ++at, type: 'hold', account: alice, minor: 500n, subject: id, expiresAt: 2_000 }
  const capture = { type: 'capture', kind: 'payment', subject: 'o' } as const
  yield { ...next(), ...capture, hold: 'open', legs: both(alice, shop, 200n), final: false }
  yield { ...next(), ...capture, hold: 'captured', legs: both(alice, shop, 300n), final: true }
  yield { ...next(), type: 'release', hold: 'released' }
  yield { id: 'late', at: 3_000, type: 'expire', hold: 'expired' }
  yield { ...next(), type: 'close', account: old }
  yield { ...next(), type: 'freeze', account: shop }
}

/** A service with something in every table. */
export async function fill(store: ServiceStore, events = 1_203): Promise<void> {
  await store.write(async tx => {
    await tx.holders.add({ ...ana, name: 'Ana 李 \u{1F375}' })
    await tx.devices.add(laptop)
    await tx.sessions.add(session)
    await tx.commands.keep(command)
    await tx.orders.add(order)
    await tx.payments.add({ id: 'p', holderId: 'ana', orderId: 'order', state: 'declined', at: 5 })
    await tx.limits.save({
      holderId: 'ana',
      kind: 'per_day',
      eurMinor: 7n,
      own: 5n,
      waiting: { eurMinor: 6n, at: 9 },
      requested: { eurMinor: 10n ** 20n, at: 4, reason: 'r' },
      answered: null,
    })
    await tx.limits.use({ paymentId: 'p', holderId: 'ana', day: '2026-11-22', rail: 'account', eurMinor: 2n ** 62n })
    const known = { holderId: 'ana', step: 'details', revision: 1, state: 'in_review', at: 6, endsOn: null } as const
    await tx.identities.save({ ...known, detail: '{}', content: '{"name":"Ana 李"}' })
    const document = { holderId: 'ana', address: 'a1', step: 'document', pages: 1, kind: 'image/png', bytes: 3 } as const
    await tx.documents.add({ ...document, addedAt: 6, keptUntil: null, state: 'added' }, ['AAA', 'BBB'])
    for (const id of ['q1', 'q2'])
      await tx.questions.add({
        ...{ id, holderId: 'ana', about: 'a', text: 'why?' },
        ...{ state: 'open', askedAt: 1, answer: null, answeredAt: null },
      })
    await tx.settings.save('service_key', 'a secret')
    await tx.registrations.add(registration)
    await tx.signInCounts.save({ key: 'ana', wrong: 2, lastAt: 9 })
    await tx.safety.save(safety)
    await tx.contactDetails.save({ holderId: 'ana', kind: 'phone', value: '+4915123456789' })
    await tx.contactChanges.add(contactChange)
    await tx.recoveryCodes.renew('ana', ['$argon2id$1', '$argon2id$2'])
    await tx.challenges.add(challenge)
    await tx.accountLocks.save(lock)
    await tx.freezeLinks.add(freezeLink)
    await tx.passwordResets.add(reset)
    await tx.riskProfiles.renew('payee', 'lumen', () => '{"since":1}')
    await tx.riskCases.add(riskCase)
    await tx.riskCases.note({ id: 'n1', caseId: riskCase.id, at: 7, by: 'ada', text: 'rang her up 茶' })
    await tx.riskCases.use('active', 2)
    await tx.riskCases.differ(riskDifference)
    await tx.mails.add(mail('m1', { holderId: 'ana' }))
    await tx.topUps.add(topUp('t1', makeReference('000000000000000000001'), 60))
    await tx.statements.begin(run)
    await tx.statements.stage(
      'run',
      [line(1), line(2)],
      [{ importId: 'run', number: 1, statementId: 's', account: 'a', problem: null, entries: 2 }],
    )
    await tx.statements.addEntry(entry)
    for (const object of ['holder:ana', 'service']) await tx.audit.append({ ...deed, object })
    for (const one of history()) await tx.ledger.post(one)
  })
  await store.write(async tx => {
    for (let row = 0; row < events; row += 1) await tx.feed.append('ana', `{"n":${row}}`, row)
    const standing = [
      { subject: 'limits', n: 2 },
      { subject: 'balance EUR', n: null },
    ]
    if (events > 2) await tx.feed.compact('ana', 0, { n: 2, heads: '{}', removed: [], standing })
  })
}
