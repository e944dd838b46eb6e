import { type FormEvent, useState } from 'react'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useSafety } from '../../bridge/useSafety.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField } from '../../components/fields.tsx'
import { PasswordStrength } from '../../components/PasswordStrength.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { useText } from '../../text/useText.ts'

type Others = 'end' | 'keep'
type PasswordDialogProps = { readonly hasFactor: boolean; readonly onClose: () => void }

/** The present password, the new one, what becomes of the other devices; then a code, where there is a second factor. */
export function PasswordDialog({ hasFactor, onClose }: PasswordDialogProps) {
  const { t, failure: say } = useText()
  const announce = useAnnounce()
  const { refresh } = useSafety()
  const change = useBridgeAction('secondFactor.changePassword')
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const [others, setOthers] = useState<Others>('end')
  const send = async (proof: string | null) => {
    if (!(await change.run({ old, password, proof, endOthers: others === 'end' }))) return
    announce({ kind: 'good', words: t('security.passwordChanged') })
    refresh()
    onClose()
  }
  const approval = useApproval(proof => void send(proof))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void (hasFactor ? approval.begin({ kind: 'password' }) : send(null))
  }
  const code = change.failure?.text.code
  const said = change.failure ? say(change.failure.text).whole : undefined
  const isOfNew = code?.startsWith('password_') ?? false
  const isOfOld = code === 'credentials_wrong'
  const choices = (['end', 'keep'] as const).map(id => ({ id, name: t(`security.others_${id}`) }))
  return (
    <Dialog title={t('security.passwordTitle')} isOpen onClose={onClose}>
      {approval.step ?? (
        <form className="stack" onSubmit={submit} noValidate>
          <PasswordField
            label={t('security.passwordNow')}
            autoComplete="current-password"
            value={old}
            onChange={setOld}
            autoFocus
            problem={isOfOld ? said : undefined}
          />
          <PasswordField
            label={t('security.passwordNew')}
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            problem={isOfNew ? said : undefined}
          />
          <PasswordStrength password={password} />
          <Choices label={t('security.passwordOthers')} choices={choices} value={others} onChange={setOthers} isInline />
          {change.failure && !isOfNew && !isOfOld && <FailurePanel failure={change.failure} />}
          {approval.failure && <FailurePanel failure={approval.failure} />}
          <div className="line">
            <Button kind="go" type="submit" isPending={change.isRunning || approval.isRunning} isDisabled={old === '' || password === ''}>
              {t('security.passwordChange')}
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
