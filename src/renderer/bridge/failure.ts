import type { FailureEnvelope } from '#contracts/wire/envelope.ts'
import type { FailureText } from '#locales/failures.ts'

/** What went wrong with a call: a decline or a fault, in the form in which the locales say it. `reference` finds a fault in the log. */
export class BridgeFailure extends Error {
  readonly text: FailureText
  readonly reference: string
  constructor(envelope: FailureEnvelope) {
    super(envelope.code)
    this.name = 'BridgeFailure'
    this.text =
      envelope.kind === 'decline'
        ? { kind: 'decline', code: envelope.code, detail: envelope.detail }
        : { kind: 'fault', code: envelope.code, detail: {} }
    this.reference = envelope.kind === 'fault' ? envelope.reference : ''
  }
}

/** Any error as a failure: what is not one of ours is the unexpected fault. */
export const failureOf = (error: unknown): BridgeFailure =>
  error instanceof BridgeFailure ? error : new BridgeFailure({ ok: false, kind: 'fault', code: 'unexpected', reference: '' })
