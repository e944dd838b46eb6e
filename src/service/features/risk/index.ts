import type { Feature } from '../../ports.ts'
import { inRounds } from '../../rounds.ts'
import { answerAlert } from './answer.ts'
import { endOverdue } from './endOverdue.ts'
import { riskDesk } from './operate.ts'

const everyMs = 30_000

/** Payments that were not simply allowed: what their holder says of them, and what operators decide. */
export const riskFeature: Feature = {
  routes: riskDesk,
  commands: { 'risk.answer': answerAlert },
  work: ports => inRounds(ports, { event: 'end_overdue_reviews', everyMs }, () => endOverdue(ports)),
}
