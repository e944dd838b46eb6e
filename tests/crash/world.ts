/** What is killed. */
export const kinds = ['service', 'instance', 'postgres', 'wallet'] as const
export type Kind = (typeof kinds)[number]

/** Processes that pay and are paid, and that can be killed. */
export type World = {
  /** Waits until something was answered, kills one at a random moment, and lets it come back. */
  kill(kind: Kind): Promise<void>
  /** Lets everything end that was begun, asks for all answers once more, and adds up the book. @returns how many payments there were. */
  end(): Promise<number>
  /** Removes what is left, also where it has failed. */
  close(): Promise<void>
}

export type WorldParts = {
  /** How many of each there will be. */
  readonly kills: Readonly<Record<Kind, number>>
  readonly folder: string
  readonly random: () => number
  /** What must not be. */
  readonly say: (violation: string) => void
}
