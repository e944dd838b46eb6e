import { useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import type { DocumentDetailsWire } from '#contracts/wire/identity.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'
import { Mismatches } from './Mismatches.tsx'

type Zone = OutputOf<'identity.checkMrz'>

/** Reads the lines at the foot of a document before anything is sent, and tells where they differ from what was typed. */
export function ZoneCheck({ document }: { readonly document: DocumentDetailsWire }) {
  const { t } = useText()
  const check = useBridgeAction('identity.checkMrz')
  const [found, setFound] = useState<{ readonly of: DocumentDetailsWire; readonly zone: Zone | undefined }>()
  if (document.mrz.trim() === '') return null
  const look = async () => setFound({ of: document, zone: await check.run({ document }) })
  const isFresh = found?.of === document
  const zone = isFresh ? found.zone : undefined
  return (
    <div className="stack">
      <div>
        <Button isPending={check.isRunning} onPress={() => void look()}>
          {t('identity.mrzCheck')}
        </Button>
      </div>
      {isFresh && check.failure && <FailurePanel failure={check.failure} />}
      {zone && (
        <Notice kind={zone.mismatches.length === 0 ? 'proof' : 'warning'}>
          <p>{t('identity.mrzRead', { name: `${zone.surname} ${zone.givenNames}`.trim(), number: zone.number })}</p>
          {zone.mismatches.length === 0 ? <p>{t('identity.mrzSame')}</p> : <Mismatches of={zone.mismatches} />}
        </Notice>
      )}
    </div>
  )
}
