import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { DeviceView } from '#contracts/bridge/devices.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextField } from '../../components/fields.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { useText } from '../../text/useText.ts'

type DialogProps = { readonly device: DeviceView; readonly onClose: () => void }

/** Told, and the list asked for again: the news of it comes by the feed a moment later. */
function useDone(onClose: () => void) {
  const announce = useAnnounce()
  const queries = useQueryClient()
  return (words: string) => {
    announce({ kind: 'good', words })
    void queries.invalidateQueries({ queryKey: ['devices.list'] })
    onClose()
  }
}

/** A name by which the person knows the device again. */
export function RenameDevice({ device, onClose }: DialogProps) {
  const { t } = useText()
  const done = useDone(onClose)
  const rename = useBridgeAction('devices.rename')
  const [id, setId] = useState(newId)
  const [name, setName] = useState(device.name)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const renamed = await rename.run({ id, deviceId: device.id, name })
    if (renamed) done(t('devices.renamed', { name: renamed.name }))
  }
  /** Another wish than the one that was answered has an id of its own. */
  const change = (text: string) => {
    if (rename.failure) setId(newId())
    rename.reset()
    setName(text)
  }
  return (
    <Dialog title={t('devices.renameTitle')} isOpen onClose={onClose}>
      <form className="stack" onSubmit={event => void submit(event)} noValidate>
        <TextField label={t('devices.name')} value={name} onChange={change} maxLength={100} autoFocus autoComplete="off" />
        {rename.failure && <FailurePanel failure={rename.failure} />}
        <div className="line">
          <Button kind="go" type="submit" isPending={rename.isRunning}>
            {t('devices.renameAct')}
          </Button>
          <Button kind="plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** What happens when a device is signed out, before it is; then a code, where there is a second factor. */
export function RevokeDevice({ device, onClose }: DialogProps) {
  const { t } = useText()
  const done = useDone(onClose)
  const revoke = useBridgeAction('devices.revoke')
  const [id] = useState(newId)
  const { data: safety } = useBridge('secondFactor.state', {})
  const hasFactor = safety !== undefined && (safety.appSince !== null || safety.mailSince !== null)
  const deviceId = device.id
  const send = async () => {
    if (await revoke.run({ id, deviceId })) done(t('devices.revoked', { name: device.name }))
  }
  const approval = useApproval(() => void send(), device.name)
  const act = () => void (hasFactor ? approval.begin({ kind: 'device', commandId: id, deviceId }) : send())
  if (approval.step !== undefined) {
    return (
      <Dialog title={t('security.approveTitle')} isOpen onClose={onClose}>
        {approval.step}
      </Dialog>
    )
  }
  return (
    <Dialog title={t('devices.revokeTitle', { name: device.name })} isOpen onClose={onClose}>
      <p>{t('devices.revokeMeans')}</p>
      <p>{t('devices.revokeAgain')}</p>
      {approval.failure && <FailurePanel failure={approval.failure} />}
      {revoke.failure && <FailurePanel failure={revoke.failure} />}
      <div className="line">
        <Button kind="danger" onPress={act} isPending={revoke.isRunning || approval.isRunning}>
          {t('devices.revokeAct')}
        </Button>
        <Button kind="plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
