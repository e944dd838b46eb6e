import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { CodeField } from '../../components/fields.tsx'
import { QrImage } from '../../components/QrImage.tsx'
import { useText } from '../../text/useText.ts'

type AppSetUpProps = { readonly onClose: () => void; readonly onDone: (codes: readonly string[]) => void }

/** In groups of four, as one types it into a phone. */
const grouped = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ')

/** A QR code and the same as text; it counts once a code of the app was given. */
export function AppSetUp({ onClose, onDone }: AppSetUpProps) {
  const { t, failure: say } = useText()
  const setUp = useBridgeAction('secondFactor.setUpApp')
  const confirm = useBridgeAction('secondFactor.confirmApp')
  const [made, setMade] = useState<OutputOf<'secondFactor.setUpApp'>>()
  const [code, setCode] = useState('')
  const isAsked = useRef(false)
  const begin = async () => setMade(await setUp.run({}))
  // Once: each set-up has a secret of its own, and the one on the screen is the one that counts.
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    void begin()
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await confirm.run({ code })
    if (done) onDone(done.codes)
  }
  const isOfCode = confirm.failure?.text.code === 'factor_code_wrong'
  return (
    <Dialog title={t('security.setUpTitle')} isOpen onClose={onClose}>
      {setUp.failure && <FailurePanel failure={setUp.failure} acts={{ retry: () => void begin() }} />}
      {made && (
        <form className="stack" onSubmit={event => void submit(event)} noValidate>
          <p>{t('security.setUpScan')}</p>
          <QrImage text={made.uri} label={t('security.qr')} />
          <dl className="facts">
            <div>
              <dt>{t('security.key')}</dt>
              <dd>
                <code>{grouped(made.secret)}</code> <CopyButton text={made.secret} name={t('security.key')} />
              </dd>
            </div>
          </dl>
          <CodeField
            label={t('security.setUpCode')}
            value={code}
            onChange={setCode}
            autoFocus
            problem={confirm.failure && isOfCode ? say(confirm.failure.text).whole : undefined}
          />
          {confirm.failure && !isOfCode && <FailurePanel failure={confirm.failure} />}
          <div className="line">
            <Button kind="go" type="submit" isPending={confirm.isRunning} isDisabled={code.length < 6}>
              {t('security.setUpDone')}
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
