import type { RiskView } from '#contracts/wire/shapes.ts'
import type { Decline } from '#core/failure/outcome.ts'
import { toldReasons } from './cases.ts'
import type { RiskJudged } from './judgeRisk.ts'

/** What a holder who looks at a payment is told of its judgement; null where nothing is unusual, or nothing is to be done about it. */
export function viewOf({ judgement: { decision, reasons } }: RiskJudged): RiskView | null {
  if (decision !== 'challenge' && decision !== 'hold') return null
  return { decision, reasons: toldReasons(reasons) }
}

/** A payment that would be refused, whoever confirms it. */
export const refusalOf = (risk: RiskJudged | undefined): Decline | null =>
  risk?.judgement.decision === 'refuse' ? { code: 'risk_refused', detail: {} } : null
