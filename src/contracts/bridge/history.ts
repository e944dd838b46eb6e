import { z } from 'zod'
import type { AccountKind } from '#core/ledger/account.ts'
import { read, write } from '../wire/method.ts'
import { amount, currency, day, decline, id, instant } from '../wire/scalars.ts'
import { leg } from '../wire/shapes.ts'

export const movementKind = z.enum(['top_up', 'payment', 'reversal'])
/** `pending`: not answered or not credited yet, moves no balance. */
export const movementState = z.enum(['pending', 'done', 'declined', 'cancelled', 'expired'])

/** One line of the history. `amount` is signed from the holder's side: below zero where money left. */
const movement = z.strictObject({
  id,
  kind: movementKind,
  state: movementState,
  at: instant,
  title: z.string(),
  reference: z.string(),
  amount,
  fee: amount,
  balanceAfter: amount.nullable(),
  /** What the person put on it. */
  labels: z.array(z.string()),
})

export const historyFilter = z.strictObject({
  currencies: z.array(currency).max(60).optional(),
  kinds: z.array(movementKind).optional(),
  states: z.array(movementState).optional(),
  from: day.optional(),
  to: day.optional(),
  /** Words in Chinese or English; every one must be in the title, the reference, an order line, a label or the note. */
  query: z.string().max(200).optional(),
  label: z.string().max(200).optional(),
})

const historyPage = z.strictObject({
  rows: z.array(movement),
  /** Give it back as `after` for the next, older page; null at the end. */
  next: z.string().nullable(),
  /** How many match in all, counted up to 10,000; `exact` is false where there are more. */
  count: z.strictObject({ value: z.number().int(), exact: z.boolean() }),
})

/** Whose account a leg stands in, so that the window can say in its own language what the leg is. */
const legKind = z.enum([
  'holder',
  'merchant',
  'promotion',
  'fee',
  'rounding',
  'suspense',
  'fx',
  'rail',
  'foreign',
] as const satisfies readonly AccountKind[])

const movementDetail = z.strictObject({
  movement,
  legs: z.array(leg.extend({ kind: legKind })),
  lines: z.array(z.strictObject({ title: z.string(), quantity: z.number().int(), amount })),
  timeline: z.array(z.strictObject({ state: z.string(), at: instant })),
  decline: decline.nullable(),
})

export const history = {
  page: read({
    input: z.strictObject({ filter: historyFilter, after: z.string().max(100).nullable(), limit: z.number().int().min(1).max(500) }),
    output: historyPage,
    when: 'signed_in',
  }),
  detail: read({ input: z.strictObject({ id }), output: movementDetail, when: 'signed_in' }),
}

export const exportFormat = z.enum(['csv', 'hledger'])

export const statementRequest = z.strictObject({
  format: exportFormat,
  /** Days in the holder's time zone, both included; null: from the first, to the last movement. */
  from: day.nullable(),
  to: day.nullable(),
  currencies: z.array(currency).max(60).nullable(),
})

/** Opening + movements = closing, per currency; proven while the file is written and printed on it. */
const statementProof = z.strictObject({
  currency,
  opening: amount,
  movements: z.number().int(),
  sum: amount,
  closing: amount,
})

export const statementProgress = z.strictObject({
  id,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  written: z.number().int(),
  of: z.number().int(),
  path: z.string().nullable(),
  proof: z.array(statementProof),
  failure: z.string().nullable(),
})

/** Statements. The file goes to the person's downloads folder, or to `path` where the terminal names one. Declines: export_period_invalid, export_unknown. */
export const statements = {
  preview: read({ input: statementRequest, output: z.strictObject({ proof: z.array(statementProof) }), when: 'signed_in' }),
  start: write({
    input: statementRequest.extend({ id, path: z.string().max(4000).nullable() }),
    output: statementProgress,
    when: 'signed_in',
  }),
  progress: read({ input: z.strictObject({ id }), output: statementProgress, when: 'signed_in' }),
  cancel: write({ input: z.strictObject({ id }), output: statementProgress, when: 'signed_in' }),
  /** Opens the folder of a finished export in the system's file manager. */
  reveal: write({ input: z.strictObject({ id }), output: z.strictObject({ revealed: z.boolean() }), when: 'signed_in' }),
}

export type Movement = z.infer<typeof movement>
export type MovementDetail = z.infer<typeof movementDetail>
export type HistoryFilter = z.infer<typeof historyFilter>
export type HistoryPage = z.infer<typeof historyPage>
export type StatementRequest = z.infer<typeof statementRequest>
export type StatementProof = z.infer<typeof statementProof>
export type StatementProgress = z.infer<typeof statementProgress>
