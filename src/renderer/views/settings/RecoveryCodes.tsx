import { useState } from 'react'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'

type RecoveryCodesProps = { readonly codes: readonly string[]; readonly onClose: () => void }

/** The ten codes, this once: to copy, to print, or to save into the downloads. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  const { t } = useText()
  const save = useBridgeAction('secondFactor.saveRecovery')
  const [path, setPath] = useState<string>()
  const write = async () => setPath((await save.run({ codes: [...codes] }))?.path)
  return (
    <Dialog title={t('security.recoveryTitle')} isOpen onClose={onClose} isOnce>
      <p>{t('security.recoverySub')}</p>
      <ol className="codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      {save.failure && <FailurePanel failure={save.failure} />}
      {path !== undefined && <p role="status">{t('security.recoverySaved', { path })}</p>}
      <div className="line">
        <CopyButton text={codes.join('\n')} name={t('security.recoveryTitle')} />
        <Button onPress={() => void write()} isPending={save.isRunning}>
          {t('security.recoverySave')}
        </Button>
        <Button onPress={() => window.print()}>{t('security.recoveryPrint')}</Button>
        <Button kind="go" onPress={onClose}>
          {t('security.recoveryKept')}
        </Button>
      </div>
    </Dialog>
  )
}
