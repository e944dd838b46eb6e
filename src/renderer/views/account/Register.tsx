import { useState } from 'react'
import type { PendingRegistration } from '#contracts/bridge/account.ts'
import { Steps } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'
import { CodeStep } from './CodeStep.tsx'
import { DetailsStep } from './DetailsStep.tsx'
import { EmailStep } from './EmailStep.tsx'

type Stage =
  | { readonly at: 'email' }
  | { readonly at: 'code'; readonly pending: PendingRegistration }
  | { readonly at: 'details'; readonly pending: PendingRegistration }
const stages = ['email', 'code', 'details']

/** E-mail, code, details. The account exists after the last. */
export function Register({ onSignIn }: { readonly onSignIn: () => void }) {
  const { t } = useText()
  const [stage, setStage] = useState<Stage>({ at: 'email' })
  const [email, setEmail] = useState('')
  const names = [t('account.stepEmail'), t('account.stepCode'), t('account.stepDetails')]
  return (
    <div className="stack loose">
      <Steps label={t('account.steps')} steps={names} at={stages.indexOf(stage.at)} />
      {stage.at === 'email' && (
        <EmailStep email={email} onEmail={setEmail} onSent={pending => setStage({ at: 'code', pending })} onSignIn={onSignIn} />
      )}
      {stage.at === 'code' && (
        <CodeStep
          pending={stage.pending}
          onResent={pending => setStage({ at: 'code', pending })}
          onVerified={() => setStage({ at: 'details', pending: stage.pending })}
          onOtherEmail={() => setStage({ at: 'email' })}
        />
      )}
      {stage.at === 'details' && <DetailsStep pending={stage.pending} onStartAgain={() => setStage({ at: 'email' })} />}
    </div>
  )
}
