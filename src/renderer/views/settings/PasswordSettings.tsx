import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { SafetyState } from '#contracts/bridge/secondFactor.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useSafety } from '../../bridge/useSafety.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'
import { PasswordDialog } from './PasswordDialog.tsx'
import { SettingRow } from './SettingRow.tsx'

/** How old the account password is, changing it, and whether one is reminded of its age. */
export function PasswordSettings({ state }: { readonly state: SafetyState }) {
  const { t, day } = useText()
  const { show } = useSafety()
  const remind = useBridgeAction('secondFactor.remind')
  const [isChanging, setChanging] = useState(false)
  const { passwordChangedAt, isPasswordOld, isReminderOn, appSince, mailSince } = state
  const remindOrNot = async (isOn: boolean) => show(await remind.run({ isOn }))
  return (
    <>
      {isPasswordOld && (
        <Notice kind="proof">
          <p>{t('security.passwordOld')}</p>
          <Button size="small" onPress={() => void remindOrNot(false)}>
            {t('security.passwordQuiet')}
          </Button>
        </Notice>
      )}
      <ul className="rows">
        <SettingRow
          icon={<KeyRound className="icon" />}
          title={t('security.password')}
          state={t('security.passwordSince', { day: day(passwordChangedAt) })}
          sub=""
        >
          <Button size="small" onPress={() => setChanging(true)}>
            {t('security.passwordAct')}
          </Button>
        </SettingRow>
      </ul>
      <Choices
        label={t('security.passwordReminder')}
        isInline
        value={isReminderOn ? 'on' : 'off'}
        onChange={choice => void remindOrNot(choice === 'on')}
        choices={[
          { id: 'on', name: t('security.reminder_on') },
          { id: 'off', name: t('security.reminder_off') },
        ]}
      />
      {remind.failure && <FailurePanel failure={remind.failure} />}
      {isChanging && <PasswordDialog hasFactor={appSince !== null || mailSince !== null} onClose={() => setChanging(false)} />}
    </>
  )
}
