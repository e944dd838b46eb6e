import { FileWarning } from 'lucide-react'
import { useState } from 'react'
import { GateFrame } from '../../app/GateFrame.tsx'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button, TextButton } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'
import { Recover } from './Recover.tsx'

/** A wallet that cannot be read is never made anew in silence: the cause is said, and the last good backup is offered. */
export function Unreadable() {
  const { t, moment, locale, failure: say } = useText()
  const { unreadable, service } = useAppState()
  const restore = useBridgeAction('app.restoreBackup')
  const lookAgain = useBridgeAction('app.lock')
  const [isRecovering, setRecovering] = useState(false)
  if (!unreadable) return null
  if (isRecovering) return <Recover onBack={() => setRecovering(false)} />
  const { code, backupAt } = unreadable
  const said =
    code === 'vault_damaged'
      ? { what: t('start.vault_damaged'), next: t('start.vaultThen'), gap: locale === 'zh-CN' ? '' : ' ' }
      : say({ kind: 'fault', code, detail: {} })
  const isRestorable = code === 'database_damaged' || code === 'vault_damaged'
  return (
    <GateFrame corner={<LanguageChoice />}>
      <div className="stack loose">
        <FileWarning className="icon doormark" aria-hidden />
        <h1>{t('start.unreadable')}</h1>
        <p role="alert">
          <b>{said.what}</b>
          {said.gap}
          {said.next}
        </p>
        {isRestorable && <p className="sub">{backupAt === null ? t('start.noBackup') : t('start.backupAt', { at: moment(backupAt) })}</p>}
        {restore.failure && <FailurePanel failure={restore.failure} />}
        {isRestorable && backupAt !== null && (
          <Button kind="go" size="big" isPending={restore.isRunning} onPress={() => void restore.run({})}>
            {t('start.restore', { at: moment(backupAt) })}
          </Button>
        )}
        {isRestorable && backupAt === null && (
          <div className="stack tight">
            <Button kind="go" size="big" isPending={restore.isRunning} onPress={() => void restore.run({})}>
              {t('start.afresh')}
            </Button>
            <p className="sub">
              {t(code === 'vault_damaged' && service.mode === 'sandbox' ? 'start.afreshSandboxSub' : 'start.afreshSub')}
            </p>
          </div>
        )}
        {(code === 'disk_full' || code === 'folder_read_only') && (
          <Button kind="go" size="big" isPending={lookAgain.isRunning} onPress={() => void lookAgain.run({})}>
            {t('app.retry')}
          </Button>
        )}
        {code === 'vault_damaged' && (
          <p className="center">
            <TextButton onPress={() => setRecovering(true)}>{t('vault.recoverLink')}</TextButton>
          </p>
        )}
      </div>
    </GateFrame>
  )
}
