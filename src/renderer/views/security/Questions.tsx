import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { questions } from '#core/securityCentre/questions.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'

type Step = { readonly index: number; readonly chosen: 'a' | 'b' | 'c' | undefined }

/** The short check: a wrong answer is told as one and may be tried again, the right one says why. That all were answered is kept in the wallet. */
export function Questions() {
  const { t } = useText()
  const queries = useQueryClient()
  const finish = useBridgeAction('securityCentre.finishCheck')
  const [step, setStep] = useState<Step>()
  const [isDone, setDone] = useState(false)
  const begin = () => setStep({ index: 0, chosen: undefined })
  const question = step && questions[step.index]

  async function goOn(index: number): Promise<void> {
    if (index < questions.length) return setStep({ index, chosen: undefined })
    const overview = await finish.run({})
    if (!overview) return
    queries.setQueryData(['securityCentre.overview', {}], overview)
    setStep(undefined)
    setDone(true)
  }

  return (
    <div className="stack" id="knowledge">
      <div>
        <h3>{t('safetyCheck.title')}</h3>
        <p className="sub" role="status">
          {t(isDone && !step ? 'safetyCheck.done' : 'safetyCheck.sub')}
        </p>
      </div>
      {!(step && question) && (
        <div>
          <Button onPress={begin}>{t(isDone ? 'safetyCheck.again' : 'safetyCheck.begin')}</Button>
        </div>
      )}
      {step && question && (
        <fieldset className="stack quiz">
          <legend>
            <span className="sub">{t('safetyCheck.of', { n: step.index + 1, count: questions.length })}</span>
            <b>{t(`safetyCheck.${question.id}_q`)}</b>
          </legend>
          {question.answers.map(answer => (
            <Button
              key={answer}
              size="wide"
              onPress={() => setStep({ ...step, chosen: answer })}
              isDisabled={step.chosen === question.right && answer !== question.right}
            >
              {t(`safetyCheck.${question.id}_${answer}`)}
            </Button>
          ))}
          <p role="status">
            {step.chosen !== undefined && <b>{t(step.chosen === question.right ? 'safetyCheck.right' : 'safetyCheck.wrong')} </b>}
            {step.chosen === question.right && t(`safetyCheck.${question.id}_why`)}
          </p>
          {finish.failure && <FailurePanel failure={finish.failure} />}
          {step.chosen === question.right && (
            <div>
              <Button kind="go" onPress={() => void goOn(step.index + 1)} isPending={finish.isRunning}>
                {t(step.index + 1 < questions.length ? 'safetyCheck.next' : 'safetyCheck.finish')}
              </Button>
            </div>
          )}
        </fieldset>
      )}
    </div>
  )
}
