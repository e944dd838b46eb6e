import type { OperatorAccess } from './folders.ts'
import { readOperatorFile } from './folders.ts'

const askMs = 1_000

/** Whether the service that left word still answers; one that hangs holds its data too. */
async function answers({ url }: OperatorAccess): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(askMs) })).ok
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
  }
}

/** Where the service runs that has this folder; undefined where none does. */
export async function runningOn(folder: string): Promise<string | undefined> {
  const left = readOperatorFile(folder)
  return left && (await answers(left)) ? left.url : undefined
}
