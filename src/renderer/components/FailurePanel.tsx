import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { declines, type Fix } from '#core/failure/declines.ts'
import { detailValues, type FailureText } from '#locales/failures.ts'
import type { BridgeFailure } from '../bridge/failure.ts'
import { useCountdown } from '../text/useCountdown.ts'
import { useText } from '../text/useText.ts'
import { Button } from './Button.tsx'

/** What each fix does here. A fix that this place cannot do has no button. */
export type FixActs = Partial<Record<Fix, () => void>>

const isDecline = (code: string): code is keyof typeof declines => Object.hasOwn(declines, code)

/** Who can mend it and what can be done; for a fault: trying again. */
export function mendingOf({ kind, code }: FailureText): {
  readonly who: 'you' | 'your_bank' | 'merchant' | 'okpay'
  readonly fixes: readonly Fix[]
} {
  return kind === 'decline' && isDecline(code) ? declines[code] : { who: 'okpay', fixes: ['retry'] }
}

type FixButtonsProps = { readonly of: FailureText; readonly acts: FixActs; readonly size?: 'small' | 'wide' }

/** The buttons that mend a failure; the first one goes forward. */
export function FixButtons({ of, acts, size = 'small' }: FixButtonsProps) {
  const { t, locale } = useText()
  const values = detailValues(locale, of.detail, new Date())
  const possible = mendingOf(of).fixes.flatMap(fix => {
    const act = acts[fix]
    return act ? [{ fix, act }] : []
  })
  return possible.map(({ fix, act }, index) => (
    <Button key={fix} size={size} onPress={act} {...(index === 0 && size === 'wide' ? { kind: 'go' as const } : {})}>
      {t(`fixes.${fix}`, values)}
    </Button>
  ))
}

const clockText = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** How long one still has to wait, counting down in minutes and seconds. */
function WaitLeft({ until }: { readonly until: string }) {
  const { t } = useText()
  const seconds = useCountdown(until)
  return (
    <p className="hint" role="timer">
      {seconds > 0 ? t('app.waitLeft', { time: clockText(seconds) }) : t('app.waitOver')}
    </p>
  )
}

type FailurePanelProps = { readonly failure: BridgeFailure; readonly acts?: FixActs; readonly children?: ReactNode }

/** An error with a way out: what happened, what to do, and buttons that do it. */
export function FailurePanel({ failure, acts = {}, children }: FailurePanelProps) {
  const { t, failure: say } = useText()
  const { what, next, gap } = say(failure.text)
  const until = failure.text.code === 'sign_in_wait' ? (failure.text.detail['at'] ?? null) : null
  return (
    <div className="failure" role="alert">
      <p>
        <CircleAlert className="icon stop" aria-hidden /> <b>{what}</b>
        {gap}
        {next}
      </p>
      {until !== null && <WaitLeft until={until} />}
      {failure.reference !== '' && <p className="hint">{t('app.faultReference', { reference: failure.reference })}</p>}
      <div className="line">
        <FixButtons of={failure.text} acts={acts} />
        {children}
      </div>
    </div>
  )
}
