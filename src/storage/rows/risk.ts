import type { RiskCase, RiskDifference, RiskNote } from '../riskRepositories.ts'
import { columnsOf } from './columns.ts'

export const riskCaseColumns = columnsOf<RiskCase>({
  id: 'id',
  holderId: 'holder_id',
  deviceId: 'device_id',
  at: 'at',
  ruleSet: 'rule_set',
  score: 'score',
  decision: 'decision',
  reasons: 'reasons',
  payment: 'payment',
  state: 'state',
  holdId: 'hold_id',
  endsAt: 'ends_at',
  approvedBy: 'approved_by',
  answer: 'answer',
})

export const riskNoteColumns = columnsOf<RiskNote>({ id: 'id', caseId: 'case_id', at: 'at', by: 'done_by', text: 'text' })

export const riskDifferenceColumns = columnsOf<RiskDifference>({
  paymentId: 'payment_id',
  at: 'at',
  ruleSet: 'rule_set',
  decision: 'decision',
  shadowSet: 'shadow_set',
  shadowDecision: 'shadow_decision',
  shadowScore: 'shadow_score',
})
