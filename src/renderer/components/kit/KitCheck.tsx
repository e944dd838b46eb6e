import { type FormEvent, useState } from 'react'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useText } from '../../text/useText.ts'
import { Button } from '../Button.tsx'
import { FailurePanel } from '../FailurePanel.tsx'
import { TextField } from '../fields.tsx'

type KitCheckProps = { readonly ask: readonly number[]; readonly onBack: () => void; readonly onKept: () => void }

/** Three words typed from the sheet: a kit that cannot be read is found now and not on the day it is needed. */
export function KitCheck({ ask, onBack, onKept }: KitCheckProps) {
  const { t, failure: say } = useText()
  const confirm = useBridgeAction('vault.confirmKit')
  const [typed, setTyped] = useState<readonly string[]>(ask.map(() => ''))
  const wrong = confirm.failure?.text.detail['position']
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await confirm.run({ words: [...typed] })) onKept()
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <h2>{t('vault.kitCheckTitle')}</h2>
      <p>{t('vault.kitCheckSub')}</p>
      {ask.map((position, index) => (
        <TextField
          key={position}
          label={t('vault.kitWord', { position })}
          value={typed[index] ?? ''}
          onChange={text => setTyped(all => all.map((word, at) => (at === index ? text : word)))}
          autoComplete="off"
          spellCheck="false"
          autoFocus={index === 0}
          problem={confirm.failure && wrong === String(position) ? say(confirm.failure.text).whole : undefined}
        />
      ))}
      {confirm.failure && wrong === undefined && <FailurePanel failure={confirm.failure} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={confirm.isRunning}>
          {t('vault.kitConfirm')}
        </Button>
        <Button kind="plain" onPress={onBack}>
          {t('vault.kitBack')}
        </Button>
      </div>
    </form>
  )
}
