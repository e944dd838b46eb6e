import { type FormEvent, useMemo, useState } from 'react'
import type { PendingRegistration } from '#contracts/bridge/account.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { DayField } from '../../components/DayField.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField, TextField } from '../../components/fields.tsx'
import { PasswordStrength } from '../../components/PasswordStrength.tsx'
import { Combo } from '../../components/selects.tsx'
import { useText } from '../../text/useText.ts'
import { countryOptions } from './countries.ts'

type DetailsStepProps = { readonly pending: PendingRegistration; readonly onStartAgain: () => void }
type FieldName = 'name' | 'country' | 'bornOn' | 'password'

/** Which field a refusal is about. */
function fieldOf(code: string): FieldName | undefined {
  if (code === 'name_invalid') return 'name'
  if (code === 'country_unknown') return 'country'
  if (code === 'birth_date_invalid') return 'bornOn'
  return code.startsWith('password_') ? 'password' : undefined
}

/** Name, country, birthday, password: then the account exists and this device is signed in. */
export function DetailsStep({ pending, onStartAgain }: DetailsStepProps) {
  const { t, locale, failure: say } = useText()
  const complete = useBridgeAction('account.complete')
  const [name, setName] = useState('')
  const [country, setCountry] = useState<string | null>(null)
  const [bornOn, setBornOn] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const countries = useMemo(() => countryOptions(locale), [locale])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || country === null || password === '') return
    void complete.run({ registrationId: pending.registrationId, name, country, bornOn: bornOn === '' ? null : bornOn, password })
  }
  const { failure } = complete
  const about = failure && fieldOf(failure.text.code)
  const problem = (field: FieldName, isMissing: boolean): string | undefined => {
    if (isTried && isMissing) return t('account.required')
    if (!failure || about !== field) return undefined
    return say(failure.text).whole
  }
  const startAgain = ['code_expired', 'not_found', 'code_tries_used_up'].includes(failure?.text.code ?? '')
  return (
    <form className="stack loose" onSubmit={submit} noValidate>
      <h1>{t('account.detailsTitle')}</h1>
      <div className="stack">
        <TextField
          label={t('account.fullName')}
          hint={t('account.fullNameHint')}
          autoComplete="name"
          value={name}
          onChange={setName}
          autoFocus
          problem={problem('name', name.trim() === '')}
        />
        <Combo
          label={t('account.country')}
          toggleLabel={t('app.showList')}
          options={countries}
          value={country}
          onChange={setCountry}
          problem={problem('country', country === null)}
        />
        <DayField label={t('account.bornOn')} onChange={setBornOn} problem={problem('bornOn', false)} />
        <PasswordField
          label={t('account.accountPassword')}
          hint={t('account.accountPasswordHint')}
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          problem={problem('password', password === '')}
        />
        <PasswordStrength password={password} />
      </div>
      {failure && about === undefined && (
        <FailurePanel failure={failure} acts={startAgain ? { resend_code: onStartAgain, correct_input: onStartAgain } : {}} />
      )}
      <Button kind="go" size="big" type="submit" isPending={complete.isRunning}>
        {t('account.finish')}
      </Button>
    </form>
  )
}
