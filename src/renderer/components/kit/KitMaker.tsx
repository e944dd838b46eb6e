import { type FormEvent, useEffect, useEffectEvent, useState } from 'react'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useText } from '../../text/useText.ts'
import { Button } from '../Button.tsx'
import { FailurePanel } from '../FailurePanel.tsx'
import { PasswordField } from '../fields.tsx'
import { Notice } from '../Notice.tsx'
import { useShield } from '../useShield.ts'
import { KitCheck } from './KitCheck.tsx'
import { KitWords } from './KitWords.tsx'

type Step =
  | { readonly at: 'password' }
  | { readonly at: 'words' | 'check'; readonly words: readonly string[]; readonly ask: readonly number[] }
  | { readonly at: 'done'; readonly path: string | null }

type KitMakerProps = { readonly onDone: () => void; readonly onLater: () => void }

/** Password, words, three of them typed back, done. A kit that was not checked never takes the place of the one before. */
export function KitMaker({ onDone, onLater }: KitMakerProps) {
  const { t } = useText()
  const [step, setStep] = useState<Step>({ at: 'password' })
  const isShielded = useShield()
  const leave = useBridgeAction('vault.leaveKit')
  const onGone = useEffectEvent(() => void leave.run({}))
  useEffect(() => () => onGone(), [])
  if (step.at === 'password') return <KitPassword onMade={made => setStep({ at: 'words', ...made })} onLater={onLater} />
  if (step.at === 'done') {
    return (
      <div className="stack">
        <Notice kind="proof" title={t('vault.kitDoneTitle')}>
          <p role="status">{t('vault.kitDone')}</p>
        </Notice>
        {step.path !== null && <p className="kit-path">{t('vault.kitSaved', { path: step.path })}</p>}
        <Button kind="go" onPress={onDone}>
          {t('vault.kitClose')}
        </Button>
      </div>
    )
  }
  const { words, ask } = step
  return step.at === 'words' ? (
    <KitWords
      words={words}
      isShielded={isShielded}
      onNext={() => setStep({ at: 'check', words, ask })}
      onSaved={path => setStep({ at: 'done', path })}
    />
  ) : (
    <KitCheck ask={ask} onBack={() => setStep({ at: 'words', words, ask })} onKept={() => setStep({ at: 'done', path: null })} />
  )
}

type Made = { readonly words: readonly string[]; readonly ask: readonly number[] }

/** The app password once more: who finds an open window makes no kit. */
function KitPassword({ onMade, onLater }: { readonly onMade: (made: Made) => void; readonly onLater: () => void }) {
  const { t, failure: say } = useText()
  const { hasPassword } = useAppState()
  const make = useBridgeAction('vault.makeKit')
  const [password, setPassword] = useState('')
  const isOfPassword = make.failure?.text.code.startsWith('app_password_') === true
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const made = await make.run({ password: hasPassword ? password : null })
    setPassword('')
    if (!made) return
    // What the action keeps of its answer goes: the words stand in the step alone.
    make.reset()
    onMade(made)
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <p>{t('vault.kitWhy')}</p>
      {hasPassword && (
        <PasswordField
          label={t('vault.password')}
          hint={t('vault.kitPassword')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          autoFocus
          problem={make.failure && isOfPassword ? say(make.failure.text).whole : undefined}
        />
      )}
      {make.failure && !isOfPassword && <FailurePanel failure={make.failure} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={make.isRunning}>
          {t('vault.kitStart')}
        </Button>
        <Button kind="plain" onPress={onLater}>
          {t('vault.kitLater')}
        </Button>
      </div>
    </form>
  )
}
