import { Fault, type FaultCode, faults } from '#core/failure/faults.ts'
import { type Mismatch, ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { RekeyStep, StatementStep, WalletStore } from '#core/wallet/store.ts'

/** What a thread of the database is started with. With `backUpTo` it makes that copy and ends; else it serves calls until `close`. */
export type WorkerStart = { readonly path: string; readonly key: Uint8Array; readonly mustExist: boolean; readonly backUpTo: string | null }

export type WorkerCall = { readonly id: number; readonly method: keyof WalletStore; readonly args: readonly unknown[] }

type Failure = {
  readonly fault: FaultCode | null
  readonly mismatch: Mismatch | null
  readonly message: string
  readonly stack: string
}

export type WorkerSays =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'step'; readonly id: number; readonly step: StatementStep | RekeyStep }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }

/** An error as it crosses between threads: a fault keeps its code and the message of its cause, a mismatch what it says. */
export function toFailure(error: unknown): Failure {
  const cause = error instanceof Fault ? (error.cause ?? error) : error
  const told = cause instanceof Error ? cause : new Error(String(cause))
  return {
    fault: error instanceof Fault ? error.code : null,
    mismatch: error instanceof ProviderMismatch ? error.mismatch : null,
    message: told.message,
    stack: told.stack ?? '',
  }
}

export function fromFailure({ fault, mismatch, message, stack }: Failure): Error {
  if (mismatch) return new ProviderMismatch(mismatch.code, mismatch.detail)
  const cause = new Error(message)
  cause.stack = stack
  return fault !== null && Object.hasOwn(faults, fault) ? new Fault(fault, { cause }) : cause
}
