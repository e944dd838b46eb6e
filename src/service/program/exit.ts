/** How `okpay-service` ends: done, refused, something outside failed, used wrongly (EX_USAGE of sysexits.h). */
export const exitCodes = { done: 0, declined: 2, fault: 3, wrongUse: 64 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends the program with a sentence. */
export class Ending extends Error {
  readonly exitCode: ExitCode
  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence)
    this.name = 'Ending'
    this.exitCode = exitCode
  }
}
