import { ExternalLink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useAppState } from '../../app/useAppState.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/fields.tsx'
import { Steps } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'
import { PictureDrop } from './PictureDrop.tsx'

/** Where an order is opened: link, short code, or a picture of its QR code. */
export function OrderEntry({ draft, onOpen }: { readonly draft: string; readonly onOpen: (text: string) => void }) {
  const { t, locale } = useText()
  const { service } = useAppState()
  const [typed, setTyped] = useState(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() !== '') onOpen(typed.trim())
  }
  return (
    <div className="stage">
      <Steps label={t('pay.steps')} steps={[t('pay.stepOrder'), t('pay.stepReview'), t('pay.stepReceipt')]} at={0} />
      <section className="slip" aria-labelledby="pay-title">
        <form className="slip-form stack" onSubmit={submit} noValidate>
          <div className="stack tight">
            <h1 id="pay-title">{t('pay.title')}</h1>
            <p className="quiet">{t('pay.intro')}</p>
          </div>
          <TextField
            label={t('pay.field')}
            hint={t('pay.fieldHint')}
            value={typed}
            onChange={setTyped}
            spellCheck="false"
            autoComplete="off"
            maxLength={2000}
            autoFocus
          />
          <Button kind="go" size="big" type="submit" isDisabled={typed.trim() === ''}>
            {t('pay.open')}
          </Button>
          <PictureDrop onText={onOpen} />
        </form>
      </section>
      {service.shopUrl !== null && (
        <p className="sandbox">
          {t('pay.sandboxTry')}{' '}
          <a href={`${service.shopUrl}?lang=${locale}`} target="_blank" rel="noreferrer">
            {t('pay.openShop')}
            <ExternalLink className="icon" aria-hidden />
          </a>
        </p>
      )}
    </div>
  )
}
