import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { Question } from '#contracts/wire/shapes.ts'
import { Tag } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'

const tagKinds = { open: 'wait', answered: 'ok', closed: undefined } as const

/** One question; opened it shows what was asked and what was answered. */
export function QuestionRow({ question }: { readonly question: Question }) {
  const { t, moment, day } = useText()
  const { number, about, text, state, askedAt, answer, answeredAt } = question
  return (
    <li>
      <Disclosure defaultExpanded={state === 'answered'} className="question">
        <Heading level={3}>
          <AriaButton slot="trigger" className="row">
            <span className="dot" aria-hidden>
              #
            </span>
            <span className="row-title">
              {t('help.number', { number, about })} <Tag kind={tagKinds[state]}>{t(`help.state_${state}`)}</Tag>
            </span>
            <time className="sub" dateTime={askedAt}>
              {day(askedAt)}
            </time>
          </AriaButton>
        </Heading>
        <DisclosurePanel>
          <div className="talk">
            <p className="who">{t('help.askedOn', { at: moment(askedAt) })}</p>
            <p className="bubble me">{text}</p>
            {answer !== null && answeredAt !== null && (
              <>
                <p className="who">{t('help.answeredOn', { at: moment(answeredAt) })}</p>
                <p className="bubble">{answer}</p>
              </>
            )}
          </div>
        </DisclosurePanel>
      </Disclosure>
    </li>
  )
}
