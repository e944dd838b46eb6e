import { Fault } from '#core/failure/faults.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { raiseWaitMs } from '#core/limits/ownLimit.ts'
import { type LimitKind, limitKinds } from '#core/limits/policy.ts'
import type { Holder, LimitRecord, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandlers, ServicePorts } from '../../ports.ts'
import { amountWire, iso } from '../../wires.ts'
import { holderByEmail } from '../operator/holderByEmail.ts'
import { limitAmount, standingLimit } from './limitAmount.ts'
import { limitsOf } from './limitsOf.ts'

const pageRows = 200

const cursorOf = ({ holderId, kind }: LimitRecord): string => `${kind} ${holderId}`

function readCursor(text: string): Pick<LimitRecord, 'holderId' | 'kind'> | null {
  const [word, holderId] = text.split(' ')
  const kind = limitKinds.find(known => known === word)
  return kind && holderId ? { holderId, kind } : null
}

async function requestWire(tx: Tx, { holderId, kind, requested }: LimitRecord, now: Instant) {
  if (!requested) return undefined
  const holder = await tx.holders.find(holderId)
  if (!holder) throw new Fault('unexpected', { cause: new Error('a holder is missing') })
  const { held } = await standingLimit(tx, holder, kind, now)
  const { eurMinor, at, reason, source } = requested
  return {
    ...{ email: holder.email, kind, reason, source: source ?? null, at: iso(at) },
    limit: amountWire('EUR', held.most),
    amount: amountWire('EUR', eurMinor),
  }
}

/** The person hears of an answer in the app and by mail: what they asked for, what they got, and why. */
async function tellAnswer(tx: Tx, ports: ServicePorts, holder: Holder, kind: LimitKind, answered: LimitRecord['answered'], now: Instant) {
  if (!answered) return
  const { asked, eurMinor, reason } = answered
  const about = { name: holder.name, limit: kind, asked: amountWire('EUR', asked), reason }
  const letter =
    eurMinor === null
      ? ({ kind: 'limitRefused', ...about } as const)
      : ({ kind: 'limitAnswered', ...about, amount: amountWire('EUR', eurMinor) } as const)
  await enqueueMail(tx, ports, holder, letter, now)
}

/** What operators do to limits: set one, which answers an open request; refuse a request; read the open ones. */
export const limitDesk: RouteHandlers = {
  setLimit: (ports, { by }, { email, kind, amount, reason }) =>
    ports.store.write(async tx => {
      const found = await holderByEmail(tx, email)
      if (!found.ok) return found
      const eurMinor = limitAmount(ports, amount, 1n)
      if (!eurMinor.ok) return eurMinor
      const holder = found.value
      const now = ports.clock()
      const { kept, held } = await standingLimit(tx, holder, kind, now)
      const { requested } = kept
      const answered = requested ? { asked: requested.eurMinor, eurMinor: eurMinor.value, at: now, reason } : kept.answered
      // Who asked for more wants it instead of what they lowered, which goes up in a day as always.
      const isFreed = requested !== null && held.own !== null && held.own < eurMinor.value
      const waiting = isFreed ? { eurMinor: eurMinor.value, at: now + raiseWaitMs } : held.waiting
      await tx.limits.save({ ...kept, eurMinor: eurMinor.value, own: held.own, waiting, requested: null, answered })
      const detail = { kind, eur_minor: String(eurMinor.value), eur_minor_before: String(held.most) }
      await tx.audit.append({ at: now, by, act: 'limit.set', object: `holder:${holder.id}`, detail })
      const limits = [...(await limitsOf(tx, holder, now))]
      await appendFeed(tx, holder.id, { type: 'limits', limits }, now)
      if (requested) await tellAnswer(tx, ports, holder, kind, answered, now)
      return ok({ limits })
    }),
  refuseLimit: (ports, { by }, { email, kind, reason }) =>
    ports.store.write(async tx => {
      const found = await holderByEmail(tx, email)
      if (!found.ok) return found
      const holder = found.value
      const now = ports.clock()
      const { kept } = await standingLimit(tx, holder, kind, now)
      if (!kept.requested) return no('not_found')
      const answered = { asked: kept.requested.eurMinor, eurMinor: null, at: now, reason }
      await tx.limits.save({ ...kept, requested: null, answered })
      const detail = { kind, eur_minor: String(answered.asked) }
      await tx.audit.append({ at: now, by, act: 'limit.refused', object: `holder:${holder.id}`, detail })
      const limits = [...(await limitsOf(tx, holder, now))]
      await appendFeed(tx, holder.id, { type: 'limits', limits }, now)
      await tellAnswer(tx, ports, holder, kind, answered, now)
      return ok({ limits })
    }),
  limitRequests: (ports, _caller, { after }) =>
    ports.store.read(async tx => {
      const records = await tx.limits.requested(readCursor(after), pageRows)
      const last = records.length < pageRows ? undefined : records.at(-1)
      const requests = await Promise.all(records.map(record => requestWire(tx, record, ports.clock())))
      return ok({ requests: requests.flatMap(request => request ?? []), next: last ? cursorOf(last) : null })
    }),
}
