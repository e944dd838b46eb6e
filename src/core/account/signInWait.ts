/** Wrong passwords that cost no wait: per account (by e-mail, whether it exists or not), and per network address, behind which many people may sit. */
export const freeTries = { account: 5, address: 30 } as const

const firstWaitMs = 15_000
const longestWaitMs = 900_000
/** After so long without a wrong password the count starts anew. */
export const forgetTriesMs = 86_400_000

export type TryKind = keyof typeof freeTries

/**
 * How long after the last wrong password the next try may come: nothing at first, then 15 s, doubled with each further one, 15 minutes at most
 * (so that nobody can lock another person out for long).
 */
export function signInWaitMs(kind: TryKind, wrongTries: number): number {
  const beyond = wrongTries - freeTries[kind]
  return beyond < 0 ? 0 : Math.min(firstWaitMs * 2 ** Math.min(beyond, 10), longestWaitMs)
}
