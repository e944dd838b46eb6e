import { z } from 'zod'
import { write } from '../wire/method.ts'

/** Copies of the wallet that the person keeps: encrypted by the wallet's own key, which stays where it is. */
export const backups = {
  /**
   * Makes one while the wallet goes on, reads it from its first page to its last, and only then gives it its name: in the downloads folder, or `path` where
   * the terminal names one. Nothing is overwritten. Declines: input_invalid (path). Faults: disk_full, folder_read_only.
   */
  make: write({
    input: z.strictObject({ path: z.string().max(4000).nullable() }),
    output: z.strictObject({ path: z.string(), bytes: z.number().int().nonnegative() }),
    when: 'signed_in',
  }),
}
