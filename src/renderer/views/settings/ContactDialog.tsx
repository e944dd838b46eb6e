import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import type { ContactDetails, ContactStep, ContactWish } from '#contracts/wire/contactDetails.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField, TextField } from '../../components/fields.tsx'
import { Combo } from '../../components/selects.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { wishText } from '../../text/contactText.ts'
import { useText } from '../../text/useText.ts'
import { countryOptions } from '../account/countries.ts'
import { ContactCode } from './ContactCode.tsx'

type Draft = {
  readonly email: string
  readonly phone: string
  readonly street: string
  readonly city: string
  readonly postalCode: string
  readonly country: string | null
}

/** Undefined where something is missing. */
function wishOf(kind: ContactWish['kind'], { email, phone, street, city, postalCode, country }: Draft): ContactWish | undefined {
  if (kind === 'email') return email.trim() === '' ? undefined : { kind, email: email.trim() }
  if (kind === 'phone') return phone.trim() === '' ? undefined : { kind, phone }
  return street.trim() === '' || city.trim() === '' || country === null
    ? undefined
    : { kind, address: { street, city, postalCode, country } }
}

type ContactDialogProps = { readonly kind: ContactWish['kind']; readonly before: ContactDetails; readonly onClose: () => void }
type Asked = Extract<ContactStep, { state: 'code' }>

/** The new one and the password; a code of the second factor, where there is one; then the code that went to the new one. */
export function ContactDialog({ kind, before, onClose }: ContactDialogProps) {
  const { t, locale } = useText()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const start = useBridgeAction('contactDetails.start')
  const { data: safety } = useBridge('secondFactor.state', {})
  const hasFactor = safety !== undefined && (safety.appSince !== null || safety.mailSince !== null)
  const [draft, setDraft] = useState<Draft>({
    email: '',
    phone: '',
    ...(before.address ?? { street: '', city: '', postalCode: '', country: null }),
  })
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState<Asked>()
  const wish = wishOf(kind, draft)
  const done = (details: ContactDetails) => {
    queries.setQueryData(['contactDetails.state', {}], details)
    announce({ kind: 'good', words: t('contactDetails.changed') })
    onClose()
  }
  const send = async (proof: string | null) => {
    if (!wish) return
    const step = await start.run({ wish, password, proof })
    if (step?.state === 'done') done(step.details)
    else setAsked(step)
  }
  const approval = useApproval(proof => void send(proof))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wish) void (hasFactor ? approval.begin({ kind: 'contact', wish }) : send(null))
  }
  const title = t(`contactDetails.title_${kind}`)
  if (asked && wish)
    return (
      <Dialog title={title} isOpen onClose={onClose}>
        <ContactCode asked={asked} to={wishText(locale, wish)} onDone={done} onCancel={onClose} />
      </Dialog>
    )
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {approval.step ?? (
        <form className="stack" onSubmit={submit} noValidate>
          <p>{t(kind === 'address' ? 'contactDetails.meansAddress' : 'contactDetails.means')}</p>
          <ContactFields kind={kind} draft={draft} onChange={change => setDraft({ ...draft, ...change })} />
          <PasswordField label={t('contactDetails.password')} autoComplete="current-password" value={password} onChange={setPassword} />
          {start.failure && <FailurePanel failure={start.failure} />}
          {approval.failure && <FailurePanel failure={approval.failure} />}
          <div className="line">
            <Button kind="go" type="submit" isPending={start.isRunning || approval.isRunning} isDisabled={!wish || password === ''}>
              {t('contactDetails.goOn')}
            </Button>
            <Button kind="plain" onPress={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}

type FieldsProps = { readonly kind: ContactWish['kind']; readonly draft: Draft; readonly onChange: (change: Partial<Draft>) => void }

function ContactFields({ kind, draft, onChange }: FieldsProps) {
  const { t, locale } = useText()
  const countries = useMemo(() => countryOptions(locale), [locale])
  if (kind === 'email')
    return (
      <TextField
        label={t('contactDetails.newEmail')}
        type="email"
        autoComplete="email"
        spellCheck="false"
        value={draft.email}
        onChange={email => onChange({ email })}
        autoFocus
      />
    )
  if (kind === 'phone')
    return (
      <TextField
        label={t('contactDetails.newPhone')}
        hint={t('contactDetails.phoneHint')}
        type="tel"
        autoComplete="tel"
        value={draft.phone}
        onChange={phone => onChange({ phone })}
        maxLength={60}
        autoFocus
      />
    )
  const line = (name: 'street' | 'city' | 'postalCode', autoComplete: 'street-address' | 'address-level2' | 'postal-code') => ({
    ...{ label: t(`contactDetails.${name}`), autoComplete, value: draft[name], maxLength: 200 },
    onChange: (text: string) => onChange({ [name]: text }),
  })
  return (
    <>
      <TextField {...line('street', 'street-address')} autoFocus />
      <TextField {...line('postalCode', 'postal-code')} />
      <TextField {...line('city', 'address-level2')} />
      <Combo
        label={t('contactDetails.country')}
        toggleLabel={t('app.showList')}
        options={countries}
        value={draft.country}
        onChange={country => onChange({ country })}
      />
    </>
  )
}
