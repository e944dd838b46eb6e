import type { MovementDetail } from '#contracts/bridge/history.ts'
import { amount as exact, parseDecimal, toDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { Amount } from '../../components/Amount.tsx'
import { useText } from '../../text/useText.ts'

type Leg = MovementDetail['legs'][number]

/** The sum of the legs of each currency, added up here and not taken on trust. */
function sums(legs: readonly Leg[]): readonly { readonly currency: CurrencyCode; readonly value: string }[] {
  const minors = new Map<CurrencyCode, bigint>()
  for (const { amount } of legs) {
    const minor = parseDecimal(amount.currency, amount.value)?.minor ?? 0n
    minors.set(amount.currency, (minors.get(amount.currency) ?? 0n) + minor)
  }
  return [...minors].map(([currency, minor]) => ({ currency, value: toDecimal(exact(currency, minor)) }))
}

/** Whose account the leg stands in: the service tells the names of others, the kind of the account tells what they have the money for. */
function LegName({ of: { kind, amount, own, label, version } }: { readonly of: Leg }) {
  const { t, currency } = useText()
  if (!own) return kind === 'fee' ? t('activity.feeTo', { name: label }) : label
  return (
    <>
      {t('activity.ownAccount', { currency: currency(amount.currency) })}
      <span className="sub"> · {t('activity.version', { version })}</span>
    </>
  )
}

/** Every leg, and the sum, which is zero in each currency. */
export function Legs({ legs }: { readonly legs: readonly Leg[] }) {
  const { t } = useText()
  return (
    <section>
      <h2 className="heading" id="legs">
        {t('activity.how')}
      </h2>
      {legs.length === 0 ? (
        <p className="sub">{t('activity.noLegs')}</p>
      ) : (
        <table className="legs" aria-labelledby="legs">
          <tbody>
            {legs.map(leg => (
              <tr key={`${leg.account}${leg.amount.value}`}>
                <th scope="row">
                  <LegName of={leg} />
                </th>
                <td>
                  <Amount of={leg.amount} unit="code" isSigned isPlain={!leg.own} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {sums(legs).map(sum => (
              <tr key={sum.currency}>
                <th scope="row">{t('activity.sum')}</th>
                <td>
                  <Amount of={sum} unit="code" />
                </td>
              </tr>
            ))}
          </tfoot>
        </table>
      )}
    </section>
  )
}
