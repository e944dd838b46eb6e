/** A line for the person who started OKPAY. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A line about something that went wrong. */
export const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** An error that nobody expected, with its trace. */
export const complainOf = (error: unknown): void => complain(error instanceof Error ? (error.stack ?? error.message) : String(error))

/** A terminal that is gone must not end the wallet by a line that nobody reads. */
export function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
