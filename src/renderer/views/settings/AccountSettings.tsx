import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAppState } from '../../app/useAppState.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'
import { ContactDetails } from './ContactDetails.tsx'

/** Whose account this is, which service it is with, and logging out. */
export function AccountSettings() {
  const { t, day } = useText()
  const { service, version, shell } = useAppState()
  const { data: profile } = useBridge('account.profile', {})
  const [isLeaving, setLeaving] = useState(false)
  const facts = [
    {
      name: t('settings.service'),
      value: service.mode === 'sandbox' ? t('settings.serviceSandbox') : (service.address ?? ''),
      sub: t('settings.serviceHint'),
    },
    { name: t('settings.about'), value: t('settings.version', { version }), sub: t(`settings.shell_${shell}`) },
  ]
  return (
    <section className="card stack" aria-labelledby="account">
      <h2 id="account">{t('settings.account')}</h2>
      {profile && (
        <div>
          <b>{profile.name}</b>
          <p className="sub">{t('settings.registered', { day: day(profile.registeredAt) })}</p>
        </div>
      )}
      <ContactDetails />
      <dl className="facts">
        {facts.map(({ name, value, sub }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              <span className="hint"> {sub}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div>
        <Button kind="danger" onPress={() => setLeaving(true)}>
          {t('settings.signOut')}
        </Button>
      </div>
      <SignOutDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
    </section>
  )
}

function SignOutDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useText()
  const navigate = useNavigate()
  const signOut = useBridgeAction('account.signOut')
  // Whoever signs in next begins at the first screen.
  const leave = async () => {
    if (await signOut.run({})) await navigate({ to: '/' })
  }
  return (
    <Dialog title={t('settings.signOutTitle')} isOpen={isOpen} onClose={onClose}>
      <p>{t('settings.signOutSub')}</p>
      {signOut.failure && <FailurePanel failure={signOut.failure} />}
      <div className="line">
        <Button kind="danger" onPress={() => void leave()} isPending={signOut.isRunning}>
          {t('settings.signOutAct')}
        </Button>
        <Button kind="plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
