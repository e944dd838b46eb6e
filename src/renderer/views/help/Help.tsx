import { getRouteApi } from '@tanstack/react-router'
import { MessageCircleQuestionMark, ShieldCheck } from 'lucide-react'
import { places } from '../../app/places.ts'
import { keyName } from '../../app/useShortcuts.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { EmptyState } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { AskForm } from './AskForm.tsx'
import { Diagnostics } from './Diagnostics.tsx'
import { MailAddress } from './MailAddress.tsx'
import { QuestionRow } from './QuestionRow.tsx'

const route = getRouteApi('/help')

/** Asking a person, one's own questions with their answers, the address for mail, and what we never do. */
export function Help() {
  const { t } = useText()
  const { about } = route.useSearch()
  const { data, error, refetch } = useBridge('support.list', {})
  return (
    <div className="page">
      <div className="cols">
        <div>
          <h1>{t('help.title')}</h1>
          <section aria-labelledby="questions">
            <div className="heading">
              <h2 id="questions">{t('help.questions')}</h2>
            </div>
            {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
            {!data && !error && <RowsSkeleton rows={3} />}
            {data?.questions.length === 0 && (
              <div className="rows">
                <EmptyState icon={<MessageCircleQuestionMark className="icon" aria-hidden />} title={t('help.emptyTitle')}>
                  {t('help.emptySub')}
                </EmptyState>
              </div>
            )}
            {data && data.questions.length > 0 && (
              <ol className="rows">
                {data.questions.map(question => (
                  <QuestionRow key={question.id} question={question} />
                ))}
              </ol>
            )}
          </section>
          <MailAddress />
          <Safety />
          <Keys />
          <Diagnostics />
        </div>
        <AskForm key={about} about={about ?? ''} />
      </div>
    </div>
  )
}

function Safety() {
  const { t } = useText()
  return (
    <section aria-labelledby="safety">
      <div className="heading">
        <h2 id="safety">{t('help.safety')}</h2>
      </div>
      <ul className="points">
        {(['help.safety1', 'help.safety2', 'help.safety3'] as const).map(key => (
          <li key={key}>
            <ShieldCheck className="icon" aria-hidden />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Keys() {
  const { t } = useText()
  const keys = [
    [`1–${places.length}`, t('help.key_digits')],
    [keyName('K'), t('help.key_palette')],
    ['/', t('help.key_search')],
    ['H', t('help.key_hide')],
    [keyName('L'), t('help.key_lock')],
  ] as const
  return (
    <section aria-labelledby="keys">
      <div className="heading">
        <h2 id="keys">{t('help.keys')}</h2>
      </div>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
