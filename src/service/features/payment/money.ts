import { Fault } from '#core/failure/faults.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Order } from '#core/payment/order.ts'
import { feeAccount, paymentLegs, shopAccount } from '#core/payment/payment.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendBalance, appendPosting } from '../../feed/append.ts'
import type { ServicePorts } from '../../ports.ts'
import { holderAccount } from '../../wires.ts'

/** A payment that is under way: `id` is the one of the command that confirmed it. */
export type Paying = { readonly id: string; readonly holder: Holder; readonly now: Instant; readonly ports: ServicePorts }

/** What was decided must be writable: where the book says otherwise, everything is undone and the same id may come again. */
export function sure<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Fault('unexpected', { cause: new Error(`the book declined what was decided: ${outcome.decline.code}`) })
}

/** The shop's and the fee's accounts that nobody was paid into before. */
export async function missingAccounts(tx: Tx, order: Order): Promise<readonly AccountId[]> {
  const accounts = [shopAccount(order), feeAccount(order)]
  const found = await Promise.all(accounts.map(account => tx.ledger.account(account)))
  return accounts.filter((_, n) => !found[n])
}

const payerOf = ({ holder }: Paying, { currency }: Order): AccountId => holderAccount(holder.id, currency)

function stateOf(accounts: readonly AccountState[], id: AccountId): AccountState {
  const account = accounts.find(one => one.id === id)
  if (!account) throw new Fault('unexpected', { cause: new Error('the ledger answered without the account of the payer') })
  return account
}

/** Sets the money aside until `expiresAt`. Answers the hold, and the payer's account as it is then. */
export async function holdMoney(tx: Tx, paying: Paying, order: Order, expiresAt: Instant) {
  const { id, now, ports } = paying
  const account = payerOf(paying, order)
  const holdId = ports.ids()
  const held = sure(await tx.ledger.post({ type: 'hold', id: holdId, account, minor: order.minor, expiresAt, subject: id, at: now }))
  for (const one of held.accounts) await appendBalance(tx, one, now)
  return { holdId, account: stateOf(held.accounts, account) }
}

/** Gives what was set aside to the shop. Answers the payer's account as it is then. */
export async function captureMoney(
  tx: Tx,
  paying: Paying,
  order: Order,
  hold: string,
  missing: readonly AccountId[],
): Promise<AccountState> {
  const { id, holder, now, ports } = paying
  for (const account of missing) sure(await tx.ledger.post({ type: 'open', id: ports.ids(), at: now, account }))
  const payer = payerOf(paying, order)
  const legs = paymentLegs(order, payer)
  const { posting, accounts } = sure(
    await tx.ledger.post({ type: 'capture', id: ports.ids(), hold, kind: 'payment', legs, final: true, subject: id, at: now }),
  )
  if (!posting) throw new Fault('unexpected', { cause: new Error('a capture was answered without its posting') })
  const labels = { [holder.id]: holder.name, [order.shop.id]: order.shop.name, okpay: ports.config.name }
  await appendPosting(tx, { posting, accounts }, labels, now)
  return stateOf(accounts, payer)
}

/** Gives what was set aside back. */
export async function releaseMoney(tx: Tx, paying: Paying, hold: string): Promise<void> {
  const { now, ports } = paying
  const { accounts } = sure(await tx.ledger.post({ type: 'release', id: ports.ids(), hold, at: now }))
  for (const account of accounts) await appendBalance(tx, account, now)
}
