import { parseEmail } from '#core/account/email.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { limitKinds } from '#core/limits/limits.ts'
import type { Holder, LimitRecord, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { Feature } from '../../ports.ts'
import { amountWire, iso, profileWire } from '../../wires.ts'
import { limitAmount } from '../limit/index.ts'
import { limitStanding, limitsOf } from '../limit/limitsOf.ts'
import { questionWire } from '../support/index.ts'

const pageRows = 200

async function holderByEmail(tx: Tx, text: string): Promise<Outcome<Holder>> {
  const email = parseEmail(text)
  if (!email.ok) return email
  const holder = await tx.holders.findByEmail(email.value.key)
  return holder ? ok(holder) : no('not_found')
}

async function holderById(tx: Tx, id: string): Promise<Holder> {
  const holder = await tx.holders.find(id)
  if (!holder) throw new Fault('unexpected', { cause: new Error('a holder is missing') })
  return holder
}

const cursorOf = ({ holderId, kind }: LimitRecord): string => `${kind} ${holderId}`

function readCursor(text: string): Pick<LimitRecord, 'holderId' | 'kind'> | null {
  const [word, holderId] = text.split(' ')
  const kind = limitKinds.find(known => known === word)
  return kind && holderId ? { holderId, kind } : null
}

async function requestWire(tx: Tx, { holderId, kind, requested }: LimitRecord, now: Instant) {
  if (!requested) return undefined
  const holder = await holderById(tx, holderId)
  const { perPayment, perDay } = (await limitStanding(tx, holder, now)).snapshot
  const { eurMinor, at, reason } = requested
  const limit = amountWire('EUR', kind === 'per_payment' ? perPayment : perDay)
  return { email: holder.email, kind, limit, amount: amountWire('EUR', eurMinor), at: iso(at), reason }
}

/** What an operator does to accounts and questions. Each is told to the holder in the feed; holds and answers by mail too. */
export const operatorFeature: Feature = {
  routes: {
    securityHold: (ports, _caller, { email, hold }) =>
      ports.store.write(async tx => {
        const found = await holderByEmail(tx, email)
        if (!found.ok) return found
        const holder = found.value
        const now = ports.clock()
        if ((holder.securityHoldSince !== null) !== hold) {
          const since = hold ? now : null
          await tx.holders.setSecurityHold(holder.id, since)
          await tx.audit.append({
            at: now,
            by: 'operator',
            act: hold ? 'security_hold.set' : 'security_hold.lifted',
            object: `holder:${holder.id}`,
            detail: {},
          })
          await appendFeed(tx, holder.id, { type: 'profile', profile: profileWire({ ...holder, securityHoldSince: since }) }, now)
          const { name, timeZone } = holder
          await enqueueMail(
            tx,
            ports,
            holder,
            hold ? { kind: 'securityHold', name, at: now, timeZone } : { kind: 'securityHoldOver', name },
            now,
          )
        }
        const { securityHoldSince } = await holderById(tx, holder.id)
        return ok({ securityHoldSince: securityHoldSince === null ? null : iso(securityHoldSince) })
      }),
    setLimit: (ports, _caller, { email, kind, amount }) =>
      ports.store.write(async tx => {
        const found = await holderByEmail(tx, email)
        if (!found.ok) return found
        const eurMinor = limitAmount(ports, amount, 1n)
        if (!eurMinor.ok) return eurMinor
        const holder = found.value
        const now = ports.clock()
        const asked = (await tx.limits.find(holder.id, kind))?.requested
        const before = (await limitStanding(tx, holder, now)).snapshot
        await tx.limits.save({ holderId: holder.id, kind, eurMinor: eurMinor.value, requested: null })
        await tx.audit.append({
          at: now,
          by: 'operator',
          act: 'limit.set',
          object: `holder:${holder.id}`,
          detail: {
            kind,
            eur_minor: String(eurMinor.value),
            eur_minor_before: String(kind === 'per_payment' ? before.perPayment : before.perDay),
          },
        })
        const limits = [...(await limitsOf(tx, holder, now))]
        await appendFeed(tx, holder.id, { type: 'limits', limits }, now)
        if (asked) {
          const told = { asked: amountWire('EUR', asked.eurMinor), amount: amountWire('EUR', eurMinor.value) }
          await enqueueMail(tx, ports, holder, { kind: 'limitAnswered', name: holder.name, limit: kind, ...told }, now)
        }
        return ok({ limits })
      }),
    limitRequests: (ports, _caller, { after }) =>
      ports.store.read(async tx => {
        const records = await tx.limits.requested(readCursor(after), pageRows)
        const last = records.length < pageRows ? undefined : records.at(-1)
        const requests = await Promise.all(records.map(record => requestWire(tx, record, ports.clock())))
        return ok({ requests: requests.flatMap(request => request ?? []), next: last ? cursorOf(last) : null })
      }),
    questions: (ports, _caller, { after }) =>
      ports.store.read(async tx => {
        const open = await tx.questions.open(after, pageRows)
        const emails = await Promise.all(open.map(async ({ holderId }) => (await holderById(tx, holderId)).email))
        return ok({ questions: open.map((question, index) => ({ ...questionWire(question), email: emails[index] ?? '' })) })
      }),
    answer: (ports, _caller, { number, text }) =>
      ports.store.write(async tx => {
        const asked = await tx.questions.findByNumber(number)
        if (!asked) return no('not_found')
        const now = ports.clock()
        const answered = { ...asked, state: 'answered', answer: text, answeredAt: now } as const
        await tx.questions.save(answered)
        const object = `question:${number}`
        await tx.audit.append({ at: now, by: 'operator', act: 'question.answered', object, detail: { holder: asked.holderId } })
        const question = questionWire(answered)
        await appendFeed(tx, asked.holderId, { type: 'question', question }, now)
        const holder = await holderById(tx, asked.holderId)
        await enqueueMail(tx, ports, holder, { kind: 'answered', name: holder.name, number, question: asked.text, answer: text }, now)
        return ok({ question })
      }),
  },
}
