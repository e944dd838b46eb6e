import { useState } from 'react'
import type { ServiceChoice } from '#contracts/bridge/app.ts'
import { GateFrame } from '../../app/GateFrame.tsx'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { Steps } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'
import { Protect } from './Protect.tsx'
import { ServiceStep } from './ServiceStep.tsx'
import { Welcome } from './Welcome.tsx'

type Step = 'welcome' | 'service' | 'protect'
const order: readonly Step[] = ['welcome', 'service', 'protect']

/** The first minute: what OKPAY is, which service it pays through, what protects it. Going back keeps what was chosen. */
export function FirstRun() {
  const { t } = useText()
  const [step, setStep] = useState<Step>('welcome')
  const [service, setService] = useState<ServiceChoice>({ mode: 'sandbox' })
  const names = [t('start.stepWelcome'), t('start.stepService'), t('start.stepProtect')]
  return (
    <GateFrame corner={step !== 'welcome' && <LanguageChoice />}>
      <div className="stack loose">
        <Steps label={t('start.steps')} steps={names} at={order.indexOf(step)} />
        {step === 'welcome' && <Welcome onNext={() => setStep('service')} />}
        {step === 'service' && (
          <ServiceStep
            service={service}
            onBack={() => setStep('welcome')}
            onNext={choice => {
              setService(choice)
              setStep('protect')
            }}
          />
        )}
        {step === 'protect' && <Protect service={service} onBack={() => setStep('service')} onOtherService={() => setStep('service')} />}
      </div>
    </GateFrame>
  )
}
