import { useState } from 'react'
import { GateFrame } from '../../app/GateFrame.tsx'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { TextButton } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'
import { OtherService } from './OtherService.tsx'
import { Register } from './Register.tsx'
import { Reset } from './Reset.tsx'
import { SignIn } from './SignIn.tsx'
import { UnsentNotice } from './UnsentNotice.tsx'

/** The wallet is open but belongs to nobody yet: open an account, or sign in to one. */
export function AccountGate() {
  const { t } = useText()
  const { service } = useAppState()
  const lock = useBridgeAction('app.lock')
  const [isSigningIn, setSigningIn] = useState(false)
  const [isForgetting, setForgetting] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  return (
    <GateFrame
      corner={<LanguageChoice />}
      foot={
        <>
          <span className="line">
            {service.isSandbox && <Notice kind="sandbox">{t('app.sandboxShort')}</Notice>}
            {service.mode === 'address' && <span>{service.address}</span>}
            <span className={service.status === 'online' ? 'ok' : 'wait'} role="status">
              {t(`app.service_${service.status}`)}
            </span>
          </span>
          <span className="line">
            {!isChoosing && <TextButton onPress={() => setChoosing(true)}>{t('account.otherService')}</TextButton>}
            <TextButton onPress={() => void lock.run({})}>{t('app.lock')}</TextButton>
          </span>
        </>
      }
    >
      <div className="stack loose">
        <UnsentNotice />
        {isChoosing ? (
          <OtherService onDone={() => setChoosing(false)} />
        ) : (
          <>
            {isForgetting ? (
              <Reset onDone={() => setForgetting(false)} />
            ) : isSigningIn ? (
              <SignIn onForgot={() => setForgetting(true)} />
            ) : (
              <Register onSignIn={() => setSigningIn(true)} />
            )}
            {!isForgetting && (
              <p className="center">
                <TextButton onPress={() => setSigningIn(!isSigningIn)}>
                  {t(isSigningIn ? 'account.toRegister' : 'account.toSignIn')}
                </TextButton>
              </p>
            )}
          </>
        )}
      </div>
    </GateFrame>
  )
}
