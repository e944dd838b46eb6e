import { z } from 'zod'
import { stepStanding } from '../wire/identity.ts'
import { amount, currency, decline, email, id, instant, positiveAmount } from '../wire/scalars.ts'
import { device, limit, limitKind, moneySource, order, payment, question, riskAlert, riskView, topUp } from '../wire/shapes.ts'
import { command } from './commands.ts'
import { feedPage, snapshotPage } from './feed.ts'
import { route } from './route.ts'

const nothing = z.strictObject({})

/** The first answer of a command, for ever: what it made, or the decline. */
export const commandAnswer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    /** The newest feed number that the command made. */
    feed: z.number().int(),
    topUp: topUp.optional(),
    payment: payment.optional(),
    order: order.optional(),
    opened: z.array(currency).optional(),
    limit: limit.optional(),
    question: question.optional(),
    device: device.optional(),
    step: stepStanding.optional(),
    alert: riskAlert.optional(),
  }),
  /** A declined payment is kept as a payment in state `declined`. */
  z.strictObject({ ok: z.literal(false), feed: z.number().int(), decline, payment: payment.optional() }),
])

export const moneyRoutes = {
  command: route({
    method: 'POST',
    path: '/v1/commands',
    caller: 'signer',
    input: command,
    output: commandAnswer,
    summary: 'Do one thing, idempotent by id; 422 id_reused for the same id with another body',
  }),
  feed: route({
    method: 'GET',
    path: '/v1/feed',
    caller: 'session',
    input: z.strictObject({ after: z.coerce.number().int().nonnegative(), waitMs: z.coerce.number().int().min(0).max(30_000).default(0) }),
    output: feedPage,
    summary:
      'What happened after n; waits up to waitMs where nothing did; 410 feed_compacted where rows after n are gone: ask for the snapshot',
  }),
  snapshot: route({
    method: 'GET',
    path: '/v1/snapshot',
    caller: 'session',
    input: z.strictObject({ after: z.coerce.number().int().nonnegative() }),
    output: snapshotPage,
    summary: 'What is left of the feed after n as far as it is compacted: every posting, and the newest state of everything else',
  }),
  order: route({
    method: 'GET',
    path: '/v1/orders/{code}',
    caller: 'session',
    input: z.strictObject({ code: z.string().max(20) }),
    output: z.strictObject({ order, fee: amount, decline: decline.nullable(), asksFactor: z.boolean(), risk: riskView.nullable() }),
    summary:
      'An order by its code, its fee, whether it would be refused to this holder now, and whether paying it asks for the second factor',
  }),
  topUpOffer: route({
    method: 'GET',
    path: '/v1/top-up-offer',
    caller: 'session',
    input: nothing,
    output: z.strictObject({ currencies: z.array(z.strictObject({ currency, minimum: amount, maximum: amount, scheme: z.string() })) }),
    summary: 'In which currencies money can come in by bank',
  }),
  simulateTransfer: route({
    method: 'POST',
    path: '/v1/sandbox/top-ups/{id}/transfer',
    caller: 'session',
    input: z.strictObject({ id }),
    output: z.strictObject({ statement: z.string() }),
    summary: 'Sandbox: the simulated bank writes a camt.053 with this transfer and it is imported',
  }),
}

/** One line of a bank file and what became of it. */
const importedEntry = z.strictObject({
  reference: z.string(),
  amount: z.string(),
  debtor: z.string(),
  bookedOn: z.string(),
  outcome: z.enum(['credited', 'waiting', 'seen_before', 'not_money_in']),
  /** Why it waits: a code of core/rails/bank's problems. */
  problem: z.string().nullable(),
})

const importReport = z.strictObject({
  file: z.string(),
  bytes: z.number().int(),
  /** Set where the whole file was refused: nothing was credited. */
  refused: z.string().nullable(),
  statements: z.array(z.strictObject({ id: z.string(), account: z.string(), problem: z.string().nullable(), entries: z.number().int() })),
  credited: z.number().int(),
  waiting: z.number().int(),
  seenBefore: z.number().int(),
  notMoneyIn: z.number().int(),
  /** The first 200 entries. */
  entries: z.array(importedEntry),
})

const waitingEntry = z.strictObject({
  id: z.string(),
  problem: z.string(),
  amount: z.string(),
  currency: z.string(),
  debtor: z.string(),
  remittance: z.string(),
  bookedOn: z.string(),
  importedAt: instant,
  file: z.string(),
})

/** `limit`: as it is now; `amount`: as it is wished for. */
const limitRequest = z.strictObject({
  ...{ email, kind: limitKind, limit: amount, amount, at: instant, reason: z.string() },
  source: moneySource.nullable(),
})

export const operatorRoutes = {
  /** The file is the raw body (`application/octet-stream`), not JSON. */
  importStatement: route({
    method: 'POST',
    path: '/v1/operator/statements',
    caller: 'operator',
    input: z.strictObject({ file: z.string().max(300) }),
    output: importReport,
    summary: 'Import a bank file',
  }),
  waiting: route({
    method: 'GET',
    path: '/v1/operator/waiting-entries',
    caller: 'operator',
    input: z.strictObject({ after: z.string().max(100).default('') }),
    output: z.strictObject({ entries: z.array(waitingEntry), next: z.string().nullable() }),
    summary: 'Bank entries that were not credited, with the reason',
  }),
  setLimit: route({
    method: 'POST',
    path: '/v1/operator/limits',
    caller: 'operator',
    input: z.strictObject({ email, kind: limitKind, amount: positiveAmount, reason: z.string().max(1000).default('') }),
    output: z.strictObject({ limits: z.array(limit) }),
    summary: 'Set a limit of an account; answers an open request to raise it, and the person is told by mail',
  }),
  refuseLimit: route({
    method: 'POST',
    path: '/v1/operator/limit-requests/refuse',
    caller: 'operator',
    input: z.strictObject({ email, kind: limitKind, reason: z.string().min(1).max(1000) }),
    output: z.strictObject({ limits: z.array(limit) }),
    summary: 'Answer a request to raise a limit with no; the person is told the reason by mail',
  }),
  limitRequests: route({
    method: 'GET',
    path: '/v1/operator/limit-requests',
    caller: 'operator',
    input: z.strictObject({ after: z.string().max(100).default('') }),
    output: z.strictObject({ requests: z.array(limitRequest), next: z.string().nullable() }),
    summary: 'Wishes for a higher limit that nobody has answered',
  }),
  questions: route({
    method: 'GET',
    path: '/v1/operator/questions',
    caller: 'operator',
    input: z.strictObject({ after: z.coerce.number().int().nonnegative().default(0) }),
    output: z.strictObject({ questions: z.array(question.extend({ email })) }),
    summary: 'Open questions, oldest first',
  }),
  answer: route({
    method: 'POST',
    path: '/v1/operator/questions/{number}/answer',
    caller: 'operator',
    input: z.strictObject({ number: z.coerce.number().int(), text: z.string().min(1).max(4000) }),
    output: z.strictObject({ question }),
    summary: 'Answer a question; the person is told in the app and by mail',
  }),
}

export type CommandAnswer = z.infer<typeof commandAnswer>
export type ImportReport = z.infer<typeof importReport>
