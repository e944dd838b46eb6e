import type { ReactNode } from 'react'
import type { Challenge } from '#contracts/wire/secondFactor.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { FactorStep } from '../../components/FactorStep.tsx'

type SignInCodeProps = {
  readonly challenge: Challenge
  readonly onCancel: () => void
  readonly onDone?: () => void
  readonly children: ReactNode
}

/** The second factor of a sign-in, below what it says (`children`); once it is right this device is signed in. */
export function SignInCode({ challenge, onCancel, onDone, children }: SignInCodeProps) {
  const send = useBridgeAction('account.sendSignInCode')
  const answer = useBridgeAction('account.answerSignIn')
  const { challengeId } = challenge
  return (
    <FactorStep
      challenge={challenge}
      onSend={() => send.run({ challengeId })}
      onAnswer={(way, code) => void answer.run({ challengeId, way, code }).then(profile => profile && onDone?.())}
      isRunning={answer.isRunning}
      failure={answer.failure ?? send.failure}
      onCancel={onCancel}
    >
      {children}
    </FactorStep>
  )
}
