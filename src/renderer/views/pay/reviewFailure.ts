import { type BridgeFailure, failureOf } from '../../bridge/failure.ts'

/**
 * What is shown in the place of the slip. A slip that is there is asked for again as news come: where only the line broke meanwhile it stays, for it
 * can be confirmed and is sent later, and "nothing was taken" must never stand where a payment is on its way.
 */
export function reviewFailure(error: unknown, hasSlip: boolean): BridgeFailure | undefined {
  if (error === null || error === undefined) return undefined
  const failure = failureOf(error)
  return hasSlip && failure.text.kind === 'fault' ? undefined : failure
}
