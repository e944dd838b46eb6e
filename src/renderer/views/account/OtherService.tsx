import type { ServiceChoice } from '#contracts/bridge/app.ts'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { ServiceStep } from '../start/ServiceStep.tsx'

/** A wallet that belongs to nobody yet goes over to another service: a mistyped address is no dead end. */
export function OtherService({ onDone }: { readonly onDone: () => void }) {
  const { service } = useAppState()
  const change = useBridgeAction('app.useService')
  const now: ServiceChoice = service.address === null ? { mode: 'sandbox' } : { mode: 'address', address: service.address }
  const goOver = async (choice: ServiceChoice) => {
    if (await change.run({ service: choice })) onDone()
  }
  return (
    <>
      <ServiceStep service={now} onNext={choice => void goOver(choice)} onBack={onDone} />
      {change.failure && <FailurePanel failure={change.failure} />}
    </>
  )
}
