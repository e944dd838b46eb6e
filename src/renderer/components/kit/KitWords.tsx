import { useState } from 'react'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { useText } from '../../text/useText.ts'
import { Button } from '../Button.tsx'
import { FailurePanel } from '../FailurePanel.tsx'
import { Notice } from '../Notice.tsx'

type KitWordsProps = {
  readonly words: readonly string[]
  readonly isShielded: boolean
  readonly onNext: () => void
  readonly onSaved: (path: string) => void
}

/** The words as a sheet: to write down, to print, or to save. They cannot be marked by accident: what leaves the page leaves by a button. */
export function KitWords({ words, isShielded, onNext, onSaved }: KitWordsProps) {
  const { t } = useText()
  const { data: state } = useBridge('vault.state', {})
  const save = useBridgeAction('vault.saveKit')
  const copy = useBridgeAction('vault.copyKit')
  const [hasCopied, setCopied] = useState(false)
  const failure = save.failure ?? copy.failure
  const copyAll = async () => setCopied((await copy.run({})) !== undefined)
  const write = async () => {
    const saved = await save.run({ path: null })
    if (saved) onSaved(saved.path)
  }
  return (
    <div className="stack">
      <Notice kind="warning">
        <p>
          {t('vault.kitWordsWarning')} {isShielded && t('vault.kitShielded')}
        </p>
      </Notice>
      <section className="kit-sheet" aria-labelledby="kit-words">
        <h2 id="kit-words">{t('vault.kitWordsTitle')}</h2>
        <ol className="kit-words" lang="en" translate="no">
          {words.map((word, index) => (
            // A kit may hold a word twice; its place never changes.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place of a word is what it is
            <li key={index}>{word}</li>
          ))}
        </ol>
        <div className="kit-paper">
          <p>{t('vault.kitFileKeep')}</p>
          <p>{t('vault.kitFileUse')}</p>
        </div>
      </section>
      {failure && <FailurePanel failure={failure} />}
      <div className="line">
        <Button kind="go" onPress={onNext}>
          {t('vault.kitNext')}
        </Button>
        <Button onPress={() => window.print()}>{t('vault.kitPrint')}</Button>
        <Button onPress={() => void write()} isPending={save.isRunning}>
          {t('vault.kitSave')}
        </Button>
        {state?.canCopyKit && (
          <Button onPress={() => void copyAll()} isPending={copy.isRunning}>
            {t('vault.kitCopy')}
          </Button>
        )}
      </div>
      {hasCopied && <p role="status">{t('vault.kitCopied')}</p>}
    </div>
  )
}
