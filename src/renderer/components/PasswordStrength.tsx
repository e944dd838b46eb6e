import { useDeferredValue } from 'react'
import { useBridge } from '../bridge/useBridge.ts'
import { useText } from '../text/useText.ts'

const words = ['app.strength0', 'app.strength1', 'app.strength2', 'app.strength3', 'app.strength4'] as const

/** How strong a password is, and why it is not stronger. The wallet measures it; nothing is kept. */
export function PasswordStrength({ password }: { readonly password: string }) {
  const { t, known } = useText()
  const measured = useDeferredValue(password)
  const { data } = useBridge('app.measurePassword', { password: measured }, { isOff: measured === '', keepsLast: true, isMomentary: true })
  if (password === '' || !data) {
    return (
      <div className="meter" data-score="0">
        <div className="meter-bars" aria-hidden>
          <i />
          <i />
          <i />
          <i />
        </div>
        <p className="hint">{t('app.strengthHint')}</p>
      </div>
    )
  }
  const reasons = data.warnings.map(code => known(`app.weak_${code}`, '')).filter(Boolean)
  return (
    <div className="meter" data-score={Math.max(1, data.score)}>
      <div className="meter-bars" aria-hidden>
        <i />
        <i />
        <i />
        <i />
      </div>
      <p className="hint" role="status">
        {[t(words[data.score] ?? 'app.strength0'), ...reasons].join(' ')}
      </p>
    </div>
  )
}
