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

/** Every leg, and the sum, which is zero in each currency. */
export function Legs({ legs }: { readonly legs: readonly Leg[] }) {
  const { t, currency } = useText()
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
            {legs.map(({ account, amount, own, label, version }) => (
              <tr key={`${account}${amount.value}`}>
                <th scope="row">
                  {own ? t('activity.ownAccount', { currency: currency(amount.currency) }) : label}
                  {own && <span className="sub"> · {t('activity.version', { version })}</span>}
                </th>
                <td>
                  <Amount of={amount} unit="code" isSigned isPlain={!own} />
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
