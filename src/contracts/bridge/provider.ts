import { z } from 'zod'
import { mismatchCodes } from '#core/wallet/mismatch.ts'
import { read, write } from '../wire/method.ts'
import { day, id, instant } from '../wire/scalars.ts'

const nothing = z.strictObject({})

const verified = z.strictObject({
  /** The row of the feed up to which everything was checked. */
  position: z.number().int().nonnegative(),
  /** By the clock of this computer. */
  checkedAt: instant,
  /** By the clock of the service, signed with the heads. */
  signedAt: instant,
  keyId: z.string(),
  accounts: z.number().int().nonnegative(),
  /** How many movements of these accounts were re-added and re-hashed. */
  movements: z.number().int().nonnegative(),
})

/** The newest daily root in which this wallet found its accounts as it knows them. */
const root = z.strictObject({
  day,
  /** 24 characters in groups of four: two people or devices that compare the same day must have the same. */
  fingerprint: z.string(),
  checkedAt: instant,
})

const mismatch = z.strictObject({
  /** The evidence that was kept of it. */
  id,
  at: instant,
  code: z.enum(mismatchCodes),
  detail: z.record(z.string(), z.string()),
})

/** Whether what the service tells adds up. `mismatch` is set while it does not: nothing is applied and nothing is spent until the person goes on. */
const verification = z.strictObject({
  verified: verified.nullable(),
  root: root.nullable(),
  mismatch: mismatch.nullable(),
  /** Mismatches of before, after which the person went on; their evidence is kept too. Newest first. */
  earlier: z.array(mismatch),
})

/** The wallet checks the provider: balances, versions, hash chains, signed heads and daily roots. */
export const provider = {
  state: read({ input: nothing, output: verification, when: 'signed_in' }),
  /** Asks the service now and checks what it tells. Faults: those of the service. */
  check: write({ input: nothing, output: verification, when: 'signed_in' }),
  /** Writes the evidence as a JSON file into the person's downloads folder, or to `path` where the terminal names one. Declines: not_found. */
  saveEvidence: write({
    input: z.strictObject({ id, path: z.string().max(4000).nullable() }),
    output: z.strictObject({ path: z.string() }),
    when: 'signed_in',
  }),
  /**
   * The person goes on in spite of this mismatch: what the service told is forgotten here, read anew from its first row, and checked anew. The evidence
   * stays. Declines: not_found where it is not the mismatch of now.
   */
  goOn: write({ input: z.strictObject({ id }), output: verification, when: 'signed_in' }),
}

export type Verification = z.infer<typeof verification>
