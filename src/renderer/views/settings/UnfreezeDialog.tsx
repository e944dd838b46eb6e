import { type FormEvent, useState } from 'react'
import type { AccountLocksWire } from '#contracts/wire/accountLock.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField } from '../../components/fields.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { useText } from '../../text/useText.ts'

type UnfreezeDialogProps = { readonly onDone: (locks: AccountLocksWire) => void; readonly onClose: () => void }

/** The password of the account, then a code: of the app, which unlocks at once, or by mail, which unlocks after a day. */
export function UnfreezeDialog({ onDone, onClose }: UnfreezeDialogProps) {
  const { t, failure: say, moment } = useText()
  const announce = useAnnounce()
  const unfreeze = useBridgeAction('accountLock.unfreeze')
  const { data: state } = useBridge('accountLock.state', {})
  const [password, setPassword] = useState('')
  const send = async (proof: string) => {
    const locks = await unfreeze.run({ password, proof })
    if (!locks) return
    const opensAt = locks.standing.find(({ by }) => by === 'holder')?.opensAt ?? null
    announce({ kind: 'good', words: opensAt === null ? t('accountLock.unlocked') : t('accountLock.willOpen', { at: moment(opensAt) }) })
    onDone(locks)
  }
  const approval = useApproval(proof => void send(proof))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void approval.begin({ kind: 'unfreeze' })
  }
  const isOfPassword = unfreeze.failure?.text.code === 'credentials_wrong'
  return (
    <Dialog title={t('accountLock.unlockTitle')} isOpen onClose={onClose}>
      {approval.step ?? (
        <form className="stack" onSubmit={submit} noValidate>
          <p>{t(state?.unlockBy === 'factor' ? 'accountLock.wayApp' : 'accountLock.wayMail')}</p>
          <PasswordField
            label={t('accountLock.password')}
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            autoFocus
            problem={unfreeze.failure && isOfPassword ? say(unfreeze.failure.text).whole : undefined}
          />
          {unfreeze.failure && !isOfPassword && <FailurePanel failure={unfreeze.failure} />}
          {approval.failure && <FailurePanel failure={approval.failure} />}
          <div className="line">
            <Button kind="go" type="submit" isPending={unfreeze.isRunning || approval.isRunning} isDisabled={password === ''}>
              {t('accountLock.next')}
            </Button>
            <Button kind="plain" onPress={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
