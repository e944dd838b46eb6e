import { z } from 'zod'
import { amount, email, id, instant } from '../wire/scalars.ts'
import { riskReason } from '../wire/shapes.ts'
import { route } from './route.ts'

const weighed = riskReason.extend({ points: z.number().int() })

/** A payment that waits for an operator. */
const queued = z.strictObject({
  id,
  at: instant,
  endsAt: instant.nullable(),
  email,
  shop: z.string(),
  amount,
  score: z.number().int(),
  needsTwo: z.boolean(),
  approvedBy: z.string().nullable(),
  answer: z.enum(['me', 'not_me']).nullable(),
})

/** The same with all that was seen. */
const evidence = queued.extend({
  state: z.string(),
  ruleSet: z.number().int(),
  reasons: z.array(weighed),
  country: z.string().nullable(),
  localHour: z.number().int(),
  device: z.strictObject({ name: z.string(), system: z.string(), addedAt: instant }),
  notes: z.array(z.strictObject({ at: instant, by: z.string(), text: z.string() })),
})

const difference = z.strictObject({
  payment: id,
  at: instant,
  decision: z.string(),
  shadowDecision: z.string(),
  shadowScore: z.number().int(),
})

export const riskRoutes = {
  riskQueue: route({
    method: 'GET',
    path: '/v1/operator/risk/cases',
    caller: 'operator',
    input: z.strictObject({ after: z.string().max(100).default('') }),
    output: z.strictObject({ cases: z.array(queued), next: z.string().nullable() }),
    summary: 'Payments whose money is set aside until an operator decides',
  }),
  riskCase: route({
    method: 'GET',
    path: '/v1/operator/risk/cases/{id}',
    caller: 'operator',
    input: z.strictObject({ id }),
    output: evidence,
    summary: 'What was seen of a payment that was not simply allowed',
  }),
  /** Declines: not_found, risk_decided, second_operator. */
  riskDecide: route({
    method: 'POST',
    path: '/v1/operator/risk/cases/{id}/decision',
    caller: 'operator',
    input: z.strictObject({ id, approve: z.boolean() }),
    output: z.strictObject({ state: z.string(), approvedBy: z.string().nullable() }),
    summary: 'Approve or refuse a payment that waits; a large one is approved by two operators',
  }),
  riskNote: route({
    method: 'POST',
    path: '/v1/operator/risk/cases/{id}/notes',
    caller: 'operator',
    input: z.strictObject({ id, text: z.string().min(1).max(2000) }),
    output: z.strictObject({ notes: z.number().int() }),
    summary: 'Note something on a payment that was not simply allowed',
  }),
  riskShadow: route({
    method: 'GET',
    path: '/v1/operator/risk/shadow',
    caller: 'operator',
    input: z.strictObject({ after: z.string().max(100).default('') }),
    output: z.strictObject({
      active: z.number().int(),
      shadow: z.number().int(),
      differences: z.array(difference),
      next: z.string().nullable(),
    }),
    summary: 'Where the rule set in the shadow would have decided otherwise',
  }),
  riskUse: route({
    method: 'POST',
    path: '/v1/operator/risk/rule-sets',
    caller: 'operator',
    input: z.strictObject({ version: z.number().int(), role: z.enum(['active', 'shadow']) }),
    output: z.strictObject({ active: z.number().int(), shadow: z.number().int() }),
    summary: 'Let a rule set decide, or judge in the shadow',
  }),
}
