import { type FormEvent, useMemo, useState } from 'react'
import type { DocumentDetailsWire, DocumentFileWire } from '#contracts/wire/identity.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { DayField } from '../../components/DayField.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextBox, TextField } from '../../components/fields.tsx'
import { Combo, Select } from '../../components/selects.tsx'
import { useText } from '../../text/useText.ts'
import { countryOptions } from '../account/countries.ts'
import { Files } from './Files.tsx'
import { useHandIn } from './useHandIn.ts'
import { ZoneCheck } from './ZoneCheck.tsx'

const kinds = ['passport', 'id_card', 'residence_permit', 'driving_licence'] as const
const empty: DocumentDetailsWire = { kind: 'passport', country: '', number: '', endsOn: null, mrz: '' }

const fields: Readonly<Record<string, keyof DocumentDetailsWire>> = {
  ...{ document_number_invalid: 'number', document_ended: 'endsOn', mrz_invalid: 'mrz', country_unknown: 'country' },
}

type FormProps = {
  readonly before: DocumentDetailsWire | null
  readonly files: readonly DocumentFileWire[]
  readonly revision: number
  readonly onClose: () => void
}

/** Kind, country, number, last day, the lines at the foot, and pictures. */
export function DocumentForm({ before, files, revision, onClose }: FormProps) {
  const { t, locale, failure: say } = useText()
  const hand = useBridgeAction('identity.document')
  const { id, touch, done } = useHandIn(hand, onClose)
  const [document, setDocument] = useState<DocumentDetailsWire>({ ...(before ?? empty), endsOn: null })
  const [isTried, setTried] = useState(false)
  const countries = useMemo(() => countryOptions(locale), [locale])
  const { failure } = hand
  const about = failure && fields[failure.text.code]
  const change = (more: Partial<DocumentDetailsWire>) => {
    touch()
    setDocument({ ...document, ...more })
  }
  const problem = (field: keyof DocumentDetailsWire, isMissing: boolean): string | undefined => {
    if (isTried && isMissing) return t('account.required')
    return failure && about === field ? say(failure.text).whole : undefined
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (document.country === '' || document.number.trim() === '' || files.length === 0) return
    await done(await hand.run({ id, revision, document, files: files.map(({ address }) => address) }))
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <Select
        label={t('identity.kind')}
        options={kinds.map(kind => ({ id: kind, name: t(`identity.kind_${kind}`) }))}
        value={document.kind}
        onChange={chosen => change({ kind: kinds.find(kind => kind === chosen) ?? 'passport' })}
      />
      <Combo
        label={t('identity.issuer')}
        toggleLabel={t('app.showList')}
        options={countries}
        value={document.country === '' ? null : document.country}
        onChange={country => change({ country: country ?? '' })}
        problem={problem('country', document.country === '')}
      />
      <TextField
        label={t('identity.number')}
        value={document.number}
        onChange={number => change({ number })}
        problem={problem('number', document.number.trim() === '')}
      />
      <DayField
        label={t('identity.endsOn')}
        onChange={endsOn => change({ endsOn: endsOn === '' ? null : endsOn })}
        problem={problem('endsOn', false)}
      />
      <TextBox
        label={t('identity.mrz')}
        hint={t('identity.mrzHint')}
        value={document.mrz}
        onChange={mrz => change({ mrz })}
        problem={problem('mrz', false)}
      />
      <ZoneCheck document={document} />
      <Files step="document" files={files} problem={isTried ? t('account.required') : undefined} />
      {failure && about === undefined && <FailurePanel failure={failure} />}
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
