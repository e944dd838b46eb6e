import type { Problem } from '#contracts/service/problem.ts'
import { declines } from '#core/failure/declines.ts'
import { faults } from '#core/failure/faults.ts'

/** Whether a problem names a code of the closed tables and carries that code's own status. */
export function isDeclineStatus({ code, status }: Problem): boolean {
  const row = Object.entries({ ...declines, ...faults }).find(([name]) => name === code)?.[1]
  return row?.status === status
}
