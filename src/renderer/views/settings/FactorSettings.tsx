import { Gauge, Mail, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { SafetyState } from '#contracts/bridge/secondFactor.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useSafety } from '../../bridge/useSafety.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { useText } from '../../text/useText.ts'
import { AppSetUp } from './AppSetUp.tsx'
import { LineDialog } from './LineDialog.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SettingRow } from './SettingRow.tsx'

const approved = { app_off: 'app_off', mail_on: 'mail_on', mail_off: 'mail_off', recovery: 'recovery' } as const
type Changed = keyof typeof approved

/** The authenticator app with its recovery codes, codes by mail, and the worth above which a payment asks for one. */
export function FactorSettings({ state }: { readonly state: SafetyState }) {
  const { t, day, amount } = useText()
  const { show, refresh } = useSafety()
  const turnOff = useBridgeAction('secondFactor.turnOff')
  const turnOnMail = useBridgeAction('secondFactor.turnOnMail')
  const renew = useBridgeAction('secondFactor.renewRecovery')
  const [change, setChange] = useState<Changed>()
  const [open, setOpen] = useState<'app' | 'line'>()
  const [codes, setCodes] = useState<readonly string[]>()
  const run = async (proof: string) => {
    if (change === 'mail_on') show(await turnOnMail.run({ proof }))
    else if (change === 'recovery') setCodes((await renew.run({ proof }))?.codes)
    else if (change) show(await turnOff.run({ way: change === 'app_off' ? 'app' : 'mail', proof }))
    if (change === 'recovery') refresh()
  }
  const approval = useApproval(proof => void run(proof))
  const begin = (kind: Changed) => {
    setChange(kind)
    void approval.begin({ kind: approved[kind] })
  }
  const failure = approval.failure ?? turnOff.failure ?? turnOnMail.failure ?? renew.failure
  const { appSince, mailSince, recoveryLeft, line } = state
  return (
    <>
      <ul className="rows">
        <SettingRow
          icon={<Smartphone className="icon" />}
          title={t('security.app')}
          state={appSince === null ? t('security.off') : t('security.appOn', { day: day(appSince) })}
          sub={appSince === null ? t('security.appSub') : t('security.recoveryLeft', { count: recoveryLeft })}
        >
          {appSince === null ? (
            <Button size="small" onPress={() => setOpen('app')}>
              {t('security.appOnAct')}
            </Button>
          ) : (
            <>
              <Button size="small" onPress={() => begin('recovery')}>
                {t('security.recoveryRenew')}
              </Button>
              <Button size="small" onPress={() => begin('app_off')}>
                {t('security.appOffAct')}
              </Button>
            </>
          )}
        </SettingRow>
        <SettingRow
          icon={<Mail className="icon" />}
          title={t('security.mail')}
          state={mailSince === null ? t('security.off') : t('security.appOn', { day: day(mailSince) })}
          sub={t('security.mailSub')}
        >
          <Button size="small" onPress={() => begin(mailSince === null ? 'mail_on' : 'mail_off')}>
            {t(mailSince === null ? 'security.mailOnAct' : 'security.mailOffAct')}
          </Button>
        </SettingRow>
        {(appSince !== null || mailSince !== null) && (
          <SettingRow icon={<Gauge className="icon" />} title={t('security.line')} state={amount(line)} sub="">
            <Button size="small" onPress={() => setOpen('line')}>
              {t('security.lineAct')}
            </Button>
          </SettingRow>
        )}
      </ul>
      {failure && <FailurePanel failure={failure} />}
      {approval.step !== undefined && (
        <Dialog title={t('security.approveTitle')} isOpen onClose={approval.cancel}>
          {approval.step}
        </Dialog>
      )}
      {open === 'app' && (
        <AppSetUp
          onClose={() => setOpen(undefined)}
          onDone={made => {
            setOpen(undefined)
            setCodes(made)
            refresh()
          }}
        />
      )}
      {open === 'line' && <LineDialog line={line} onClose={() => setOpen(undefined)} />}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  )
}
