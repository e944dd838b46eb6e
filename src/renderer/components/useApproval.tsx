import { type ReactNode, useState } from 'react'
import type { Act, Challenge } from '#contracts/wire/secondFactor.ts'
import type { BridgeFailure } from '../bridge/failure.ts'
import { useBridgeAction } from '../bridge/useBridge.ts'
import { wishText } from '../text/contactText.ts'
import { useText } from '../text/useText.ts'
import { FactorStep } from './FactorStep.tsx'

export type Approval = {
  /** Asks for the second factor for this act. */
  readonly begin: (act: Act) => Promise<void>
  /** The question, while it is asked; undefined before and after. */
  readonly step: ReactNode | undefined
  readonly cancel: () => void
  readonly isRunning: boolean
  readonly failure: BridgeFailure | undefined
}

/** What is approved, in words. `whom`: who is paid, or which device is signed out. */
function useActText(): (act: Act, whom: string) => string {
  const { t, amount, locale } = useText()
  return (act, whom) => {
    if (act.kind === 'contact') return t('security.act_contact', { what: act.wish.kind, whom: wishText(locale, act.wish) })
    const sum = act.kind === 'payment' ? act.total : 'amount' in act ? act.amount : undefined
    return t(`security.act_${act.kind}`, { amount: sum ? amount(sum) : '', whom })
  }
}

/** A step of its own that says what one approves and asks for a code. `onProved` hears the id of the answered question. */
export function useApproval(onProved: (proof: string) => void, whom = ''): Approval {
  const { t } = useText()
  const say = useActText()
  const ask = useBridgeAction('secondFactor.ask')
  const send = useBridgeAction('secondFactor.sendCode')
  const answer = useBridgeAction('secondFactor.answer')
  const [challenge, setChallenge] = useState<Challenge>()
  const step = challenge && (
    <FactorStep
      challenge={challenge}
      onSend={() => send.run({ challengeId: challenge.challengeId })}
      onAnswer={(way, code) =>
        void answer.run({ challengeId: challenge.challengeId, way, code }).then(proved => {
          if (!proved) return
          setChallenge(undefined)
          onProved(challenge.challengeId)
        })
      }
      isRunning={answer.isRunning}
      failure={answer.failure ?? send.failure}
      onCancel={() => setChallenge(undefined)}
    >
      <dl className="facts">
        <div>
          <dt>{t('security.approves')}</dt>
          <dd>{challenge.approves ? say(challenge.approves, whom) : ''}</dd>
        </div>
      </dl>
    </FactorStep>
  )
  return {
    begin: async act => {
      answer.reset()
      setChallenge(await ask.run({ act }))
    },
    step,
    cancel: () => setChallenge(undefined),
    isRunning: ask.isRunning,
    failure: ask.failure,
  }
}
