import { Fault } from '#core/failure/faults.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'

/** The ledger's account of what the bank owes us in a currency, opened at its first use. */
export async function railAccount(tx: Tx, { ids }: Pick<ServicePorts, 'ids'>, currency: CurrencyCode, now: Instant): Promise<AccountId> {
  const account: AccountId = `rail:bank:${currency}`
  if (await tx.ledger.account(account)) return account
  const answer = await tx.ledger.post({ type: 'open', id: ids(), at: now, account })
  if (!answer.ok) throw new Fault('unexpected', { cause: new Error(`the ledger declined to open an account: ${answer.decline.code}`) })
  return account
}
