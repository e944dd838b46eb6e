import type { FailureEnvelope } from '#contracts/wire/envelope.ts'

/** How `okpay` ends, for scripts: sysexits' 64 for wrong use, and small numbers for what the wallet said. */
export const exitCodes = { done: 0, declined: 2, fault: 3, usage: 64 } as const

/** The wallet refused or could not: carries its envelope. */
export class Refusal extends Error {
  readonly failure: FailureEnvelope
  constructor(failure: FailureEnvelope) {
    super(failure.code)
    this.name = 'Refusal'
    this.failure = failure
  }
}

/** The command line was wrong; the message is a sentence in the person's language. */
export class WrongUse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WrongUse'
  }
}

/** A person said no: nothing was done; the message is a sentence in the person's language. */
export class NotDone extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotDone'
  }
}

/** The data folder cannot be used, or the wallet on it does not answer; the message is a sentence in the person's language. */
export class Unusable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Unusable'
  }
}
