import { ShieldCheck } from 'lucide-react'
import { useText } from '../../text/useText.ts'
import { Questions } from './Questions.tsx'

const points = ['phishing', 'passwords', 'networks', 'neverAsk'] as const

/** What to know, in four sentences, and five questions to try it. */
export function Advice() {
  const { t } = useText()
  return (
    <section className="card stack" aria-labelledby="advice">
      <h2 id="advice">{t('securityCentre.advice')}</h2>
      <ul className="points">
        {points.map(point => (
          <li key={point}>
            <ShieldCheck className="icon" aria-hidden />
            <span>{t(`securityCentre.advice_${point}`)}</span>
          </li>
        ))}
      </ul>
      <Questions />
    </section>
  )
}
