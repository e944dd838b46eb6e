import { z } from 'zod'
import { read, write } from '../wire/method.ts'

/** What helps to find a fault: versions, states and the wallet's log, by a list of allowed fields. No name, amount, address, key or text of a person is in it. */
export const diagnostics = {
  /** All of it, as it would leave this computer. */
  preview: read({ input: z.strictObject({}), output: z.strictObject({ text: z.string() }), when: 'unlocked' }),
  /** Writes what `preview` showed last, to the letter, into the downloads folder or to `path`, which the terminal names. Declines: not_found, input_invalid (path). */
  save: write({
    input: z.strictObject({ path: z.string().max(4000).nullable() }),
    output: z.strictObject({ path: z.string() }),
    when: 'unlocked',
  }),
}
