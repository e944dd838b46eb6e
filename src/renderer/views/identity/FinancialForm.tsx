import { type FormEvent, useState } from 'react'
import type { DocumentFileWire, FinancialDetailsWire } from '#contracts/wire/identity.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Select } from '../../components/selects.tsx'
import { useText } from '../../text/useText.ts'
import { Files } from './Files.tsx'
import { useHandIn } from './useHandIn.ts'

const occupations = ['employed', 'self_employed', 'student', 'retired', 'homemaker', 'looking_for_work'] as const
const sources = ['salary', 'business', 'savings', 'investments', 'property', 'inheritance', 'family', 'benefits'] as const
const volumes = ['1000', '5000', '20000', '100000', 'more'] as const
const usual: FinancialDetailsWire = { occupation: 'employed', source: 'salary', monthly: '1000' }

type FormProps = {
  readonly before: FinancialDetailsWire | null
  readonly files: readonly DocumentFileWire[]
  readonly revision: number
  readonly onClose: () => void
}

/** What a person lives on, what will go through the account, and one proof. */
export function FinancialForm({ before, files, revision, onClose }: FormProps) {
  const { t } = useText()
  const hand = useBridgeAction('identity.financial')
  const { id, touch, done } = useHandIn(hand, onClose)
  const [financial, setFinancial] = useState(before ?? usual)
  const [isTried, setTried] = useState(false)
  const change = (more: Partial<FinancialDetailsWire>) => {
    touch()
    setFinancial({ ...financial, ...more })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (files.length > 0) await done(await hand.run({ id, revision, financial, files: files.map(({ address }) => address) }))
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <Select
        label={t('identity.occupation')}
        options={occupations.map(one => ({ id: one, name: t(`identity.occupation_${one}`) }))}
        value={financial.occupation}
        onChange={chosen => change({ occupation: occupations.find(one => one === chosen) ?? usual.occupation })}
      />
      <Select
        label={t('identity.source')}
        options={sources.map(one => ({ id: one, name: t(`identity.source_${one}`) }))}
        value={financial.source}
        onChange={chosen => change({ source: sources.find(one => one === chosen) ?? usual.source })}
      />
      <Select
        label={t('identity.monthly')}
        options={volumes.map(one => ({ id: one, name: t(`identity.monthly_${one}`) }))}
        value={financial.monthly}
        onChange={chosen => change({ monthly: volumes.find(one => one === chosen) ?? usual.monthly })}
      />
      <Files step="financial" files={files} problem={isTried ? t('account.required') : undefined} />
      {hand.failure && <FailurePanel failure={hand.failure} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={hand.isRunning}>
          {t('identity.handIn')}
        </Button>
        <Button kind="plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
