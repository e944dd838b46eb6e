import { parseEmail } from '#core/account/email.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'

/** The account that an operator names. Declines: email_invalid, not_found. */
export async function holderByEmail(tx: Tx, text: string): Promise<Outcome<Holder>> {
  const email = parseEmail(text)
  if (!email.ok) return email
  const holder = await tx.holders.findByEmail(email.value.key)
  return holder ? ok(holder) : no('not_found')
}
