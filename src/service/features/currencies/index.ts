import { ok } from '#core/failure/outcome.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { appendBalance } from '../../feed/append.ts'
import type { Feature } from '../../ports.ts'
import { holderAccount } from '../../wires.ts'

/** Opening balances. One that is open already stays as it is and is not told again. */
export const currenciesFeature: Feature = {
  commands: {
    'currencies.open': async (tx, holder, { body, now }, ports) => {
      const opened: CurrencyCode[] = []
      for (const currency of new Set(body.currencies)) {
        const account = holderAccount(holder.id, currency)
        if (await tx.ledger.account(account)) continue
        const answer = await tx.ledger.post({ type: 'open', id: ports.ids(), at: now, account })
        if (!answer.ok) return answer
        for (const state of answer.value.accounts) await appendBalance(tx, state, now)
        opened.push(currency)
      }
      return ok({ opened })
    },
  },
}
