import { type FormEvent, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { GateFrame } from '../../app/GateFrame.tsx'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField, TextBox } from '../../components/fields.tsx'
import { PasswordStrength } from '../../components/PasswordStrength.tsx'
import { useShield } from '../../components/useShield.ts'
import { useText } from '../../text/useText.ts'

/** A kit is a page of text; what is larger is another file. */
const largestKit = 8_000

/** The words of the recovery kit, and the password that protects the wallet from now on. */
export function Recover({ onBack }: { readonly onBack: () => void }) {
  const { t, failure: say } = useText()
  const { keychain } = useAppState()
  const recover = useBridgeAction('app.recover')
  const [words, setWords] = useState('')
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const [isTried, setTried] = useState(false)
  const [isOtherFile, setOtherFile] = useState(false)
  useShield()
  const isDifferent = password !== repeat
  const isOfWords = recover.failure?.text.code.startsWith('recovery_') === true
  const read = async (file: File | undefined) => {
    if (!file) return
    setOtherFile(file.size > largestKit)
    if (file.size <= largestKit) setWords(await file.text())
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    // Where the keychain can be trusted an empty field means that it alone opens the wallet.
    if (!isDifferent) await recover.run({ words, password: password === '' && !keychain.passwordRequired ? null : password })
  }
  return (
    <GateFrame corner={<LanguageChoice />}>
      <form className="stack loose" onSubmit={event => void submit(event)} noValidate>
        <h1>{t('vault.recoverTitle')}</h1>
        <p className="sub">{t('vault.recoverSub')}</p>
        <div className="stack tight">
          <TextBox
            label={t('vault.recoverWords')}
            value={words}
            onChange={setWords}
            autoComplete="off"
            autoFocus
            problem={recover.failure && isOfWords ? say(recover.failure.text).whole : undefined}
          />
          <div className="line">
            <FileTrigger acceptedFileTypes={['text/plain']} onSelect={files => void read(files?.[0])}>
              <Button size="small">{t('vault.recoverFile')}</Button>
            </FileTrigger>
            <span role="alert" className="stop">
              {isOtherFile && t('vault.recoverFileWrong')}
            </span>
          </div>
        </div>
        <div className="stack">
          <PasswordField label={t('vault.recoverPassword')} value={password} onChange={setPassword} autoComplete="new-password" />
          <PasswordStrength password={password} />
          <PasswordField
            label={t('start.repeat')}
            value={repeat}
            onChange={setRepeat}
            autoComplete="new-password"
            problem={isTried && isDifferent ? t('start.repeatProblem') : undefined}
          />
        </div>
        {recover.failure && !isOfWords && <FailurePanel failure={recover.failure} />}
        <div className="stack tight">
          <Button kind="go" size="big" type="submit" isPending={recover.isRunning}>
            {t('vault.recoverAct')}
          </Button>
          <Button kind="plain" size="wide" onPress={onBack} isDisabled={recover.isRunning}>
            {t('app.back')}
          </Button>
        </div>
      </form>
    </GateFrame>
  )
}
