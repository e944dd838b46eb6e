import { type FormEvent, useState } from 'react'
import type { ServiceChoice } from '#contracts/bridge/app.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { TextField } from '../../components/fields.tsx'
import { useText } from '../../text/useText.ts'

type ServiceStepProps = { readonly service: ServiceChoice; readonly onNext: (service: ServiceChoice) => void; readonly onBack: () => void }

/** Whether it can be the address of a service; plain http only on this computer. The wallet checks it again. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname, search, hash, username } = new URL(text)
  if (pathname !== '/' || search !== '' || hash !== '' || username !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

/** The sandbox of this computer, or a service by its address. */
export function ServiceStep({ service, onNext, onBack }: ServiceStepProps) {
  const { t } = useText()
  const [mode, setMode] = useState(service.mode)
  const [address, setAddress] = useState(service.mode === 'address' ? service.address : '')
  const [isTried, setTried] = useState(false)
  const isWrong = mode === 'address' && !isAddress(address)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isWrong) onNext(mode === 'address' ? { mode, address } : { mode })
  }
  return (
    <form className="stack loose" onSubmit={submit} noValidate>
      <h1>{t('start.serviceTitle')}</h1>
      <Choices
        label={t('start.serviceTitle')}
        isLabelHidden
        value={mode}
        onChange={setMode}
        choices={[
          { id: 'sandbox', name: t('start.sandbox'), sub: t('start.sandboxSub') },
          { id: 'address', name: t('start.address'), sub: t('start.addressSub') },
        ]}
      />
      {mode === 'address' && (
        <TextField
          label={t('start.addressLabel')}
          type="url"
          spellCheck="false"
          placeholder="https://"
          value={address}
          onChange={setAddress}
          autoFocus
          problem={isTried && isWrong ? t('start.addressProblem') : undefined}
        />
      )}
      <div className="stack tight">
        <Button kind="go" size="big" type="submit">
          {t('app.next')}
        </Button>
        <Button kind="plain" size="wide" onPress={onBack}>
          {t('app.back')}
        </Button>
      </div>
    </form>
  )
}
