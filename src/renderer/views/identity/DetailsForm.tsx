import { type FormEvent, useMemo, useState } from 'react'
import type { PersonDetailsWire } from '#contracts/wire/identity.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { DayField } from '../../components/DayField.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextField } from '../../components/fields.tsx'
import { Combo } from '../../components/selects.tsx'
import { useText } from '../../text/useText.ts'
import { countryOptions } from '../account/countries.ts'
import { useHandIn } from './useHandIn.ts'

const empty: PersonDetailsWire = {
  ...{ name: '', latinName: '', bornOn: '', nationality: '', country: '', street: '', city: '', postalCode: '' },
}
const texts = ['name', 'latinName', 'street', 'city', 'postalCode'] as const
const needed: readonly string[] = ['name', 'bornOn', 'nationality', 'country', 'street', 'city']

/** Which field a refusal is about. */
const fields: Readonly<Record<string, keyof PersonDetailsWire>> = {
  name_invalid: 'name',
  latin_name_missing: 'latinName',
  birth_date_invalid: 'bornOn',
  identity_too_young: 'bornOn',
}

type FormProps = { readonly before: PersonDetailsWire | null; readonly revision: number; readonly onClose: () => void }

/** Name, date of birth, nationality and address. */
export function DetailsForm({ before, revision, onClose }: FormProps) {
  const { t, locale, day, failure: say } = useText()
  const hand = useBridgeAction('identity.details')
  const { id, touch, done } = useHandIn(hand, onClose)
  const [details, setDetails] = useState(before ?? empty)
  const [isTried, setTried] = useState(false)
  const [isDayOpen, setDayOpen] = useState(before === null)
  const countries = useMemo(() => countryOptions(locale), [locale])
  const { failure } = hand
  const about = failure && (failure.text.code === 'address_invalid' ? failure.text.detail['field'] : fields[failure.text.code])
  const set = (field: keyof PersonDetailsWire) => (text: string | null) => {
    touch()
    setDetails({ ...details, [field]: text ?? '' })
  }
  const problem = (field: keyof PersonDetailsWire): string | undefined => {
    if (isTried && needed.includes(field) && details[field].trim() === '') return t('account.required')
    return failure && about === field ? say(failure.text).whole : undefined
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (needed.some(field => Object.entries(details).some(([name, text]) => name === field && text.trim() === ''))) return
    await done(await hand.run({ id, revision, details }))
  }
  const text = (field: (typeof texts)[number]) => (
    <TextField
      label={t(`identity.${field}`)}
      value={details[field]}
      onChange={set(field)}
      problem={problem(field)}
      {...(field === 'latinName' ? { hint: t('identity.latinNameHint') } : {})}
      {...(field === 'name' ? { autoFocus: true } : {})}
    />
  )
  const country = (field: 'nationality' | 'country') => (
    <Combo
      label={t(`identity.${field}`)}
      toggleLabel={t('app.showList')}
      options={countries}
      value={details[field] === '' ? null : details[field]}
      onChange={set(field)}
      problem={problem(field)}
    />
  )
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      {text('name')}
      {text('latinName')}
      {isDayOpen ? (
        <DayField label={t('identity.bornOn')} onChange={set('bornOn')} problem={problem('bornOn')} />
      ) : (
        <p className="spread">
          <span>
            {t('identity.bornOn')}: {day(details.bornOn)}
          </span>
          <Button size="small" onPress={() => setDayOpen(true)}>
            {t('identity.change')}
          </Button>
        </p>
      )}
      {country('nationality')}
      {text('street')}
      {text('city')}
      {text('postalCode')}
      {country('country')}
      {before && <p className="hint">{t('identity.personMeans')}</p>}
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
