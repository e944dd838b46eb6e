import { useState } from 'react'
import { useBridgeAction } from '../bridge/useBridge.ts'
import { useText } from '../text/useText.ts'
import { Button } from './Button.tsx'
import { FailurePanel } from './FailurePanel.tsx'

/** Writes the evidence of a mismatch into the downloads folder, and says where it is. */
export function SaveEvidence({ id }: { readonly id: string }) {
  const { t } = useText()
  const save = useBridgeAction('provider.saveEvidence')
  const [path, setPath] = useState<string>()
  const write = async () => setPath((await save.run({ id, path: null }))?.path)
  return (
    <>
      <Button size="small" isPending={save.isRunning} onPress={() => void write()}>
        {t('provider.save')}
      </Button>
      {path !== undefined && <span role="status">{t('provider.saved', { path })}</span>}
      {save.failure && <FailurePanel failure={save.failure} />}
    </>
  )
}
