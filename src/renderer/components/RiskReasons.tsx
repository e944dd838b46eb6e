import type { RiskReason } from '#contracts/wire/shapes.ts'
import { sayRiskReason } from '#locales/risks.ts'
import { useText } from '../text/useText.ts'

/** Why a payment looks unusual, a line each. */
export function RiskReasons({ reasons }: { readonly reasons: readonly RiskReason[] }) {
  const { locale } = useText()
  return (
    <ul className="reasons">
      {reasons.map(reason => (
        <li key={reason.rule}>{sayRiskReason(locale, reason)}</li>
      ))}
    </ul>
  )
}
