import { useNavigate } from '@tanstack/react-router'
import { failureOf } from '../bridge/failure.ts'
import { Button } from '../components/Button.tsx'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { EmptyState } from '../components/Notice.tsx'
import { useText } from '../text/useText.ts'

/** A view that broke: the rest of the window stays, and the view can be built again. */
export function Crash({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <div className="page reading">
      <FailurePanel failure={failureOf(error)} acts={{ retry: reset }} />
    </div>
  )
}

/** An address that leads to no place. */
export function Nowhere() {
  const { t, failure: say } = useText()
  const navigate = useNavigate()
  const { what, next } = say({ kind: 'decline', code: 'not_found', detail: {} })
  return (
    <EmptyState icon={null} title={what} acts={<Button onPress={() => void navigate({ to: '/' })}>{t('app.home')}</Button>}>
      {next}
    </EmptyState>
  )
}
