import type { AccountId } from './account.ts'
import { accountId, parseAccountId } from './accountId.ts'
import type { LedgerCommand } from './command.ts'

function namedByExchange({ from, to, desk }: Extract<LedgerCommand, { type: 'exchange' }>): readonly AccountId[] {
  const sold = parseAccountId(from)?.currency
  const bought = parseAccountId(to)?.currency
  if (!sold || !bought) return [from, to]
  const fx = [sold, bought].map(currency => accountId({ kind: 'fx', owner: desk, currency }))
  return [from, ...fx, to, accountId({ kind: 'rounding', owner: desk, currency: bought })]
}

/** The accounts that a command names itself; a hold and a posting that it names stand on further ones. A store reads, or locks, them at once. */
export function accountsNamed(command: LedgerCommand): readonly AccountId[] {
  switch (command.type) {
    case 'open':
    case 'freeze':
    case 'close':
    case 'reopen':
    case 'hold':
      return [command.account]
    case 'post':
    case 'capture':
      return command.legs.map(({ account }) => account)
    case 'transfer':
      return [command.from, command.to]
    case 'exchange':
      return namedByExchange(command)
    case 'reverse':
    case 'release':
    case 'expire':
      return []
  }
}
