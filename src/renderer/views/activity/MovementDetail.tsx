import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { MovementDetail as Detail } from '#contracts/bridge/history.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Amount } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { FailurePanel, mendingOf } from '../../components/FailurePanel.tsx'
import { useMovementTitle } from '../../components/MovementRow.tsx'
import { Notice, Tag } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { useText } from '../../text/useText.ts'
import { Annotations } from './Annotations.tsx'
import { KeepContact } from './KeepContact.tsx'
import { Legs } from './Legs.tsx'

const tagKinds = { pending: 'wait', done: 'ok', declined: 'stop', cancelled: undefined, expired: undefined } as const
const badSteps = ['declined', 'expired', 'cancelled']

/** One movement: where the money went leg by leg, its fee, its reference, and every state that it went through. */
export function MovementDetail({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useText()
  const { data, error, refetch } = useBridge('history.detail', { id })
  return (
    <div className="stack loose">
      <div className="narrow-only">
        <Button kind="plain" onPress={onClose}>
          <ArrowLeft className="icon flip" aria-hidden />
          {t('app.back')}
        </Button>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={4} />}
      {data && <DetailBody of={data} />}
    </div>
  )
}

function DetailBody({ of }: { readonly of: Detail }) {
  const { t, moment, known, preciseTime } = useText()
  const navigate = useNavigate()
  const { movement, legs, lines, timeline } = of
  const title = useMovementTitle(movement)
  const { kind, state, at, amount, fee, reference } = movement
  const steps = timeline.map(({ state: step, at: when }) => ({
    key: `${step}${when}`,
    name: known(`activity.step_${step}`, step),
    time: preciseTime(when),
    at: when,
    ...(badSteps.includes(step) ? { kind: 'bad' as const } : {}),
  }))
  return (
    <>
      <header className="stack tight">
        <p className="sub">
          <time dateTime={at}>{moment(at)}</time> · {t(`activity.kind_${kind}`)}
        </p>
        <Amount of={amount} size="large" isSigned={state === 'done'} isStruck={state !== 'done' && state !== 'pending'} />
        <p className="line">
          <b>{title}</b> <Tag kind={tagKinds[state]}>{t(`activity.state_${state}`)}</Tag>
        </p>
        <div className="line">
          <Button size="small" onPress={() => void navigate({ to: '/help', search: { about: `${title} · ${reference}` } })}>
            {t('activity.ask')}
          </Button>
          <KeepContact id={movement.id} />
        </div>
      </header>
      {of.decline && <Refusal of={of.decline} />}
      {lines.length > 0 && <Lines lines={lines} />}
      <Legs legs={legs} />
      <dl className="facts">
        <div>
          <dt>{t('activity.fee')}</dt>
          <dd>
            <Amount of={fee} />
          </dd>
        </div>
        {reference !== '' && (
          <div>
            <dt>{t('activity.reference')}</dt>
            <dd>{reference}</dd>
            <dd>
              <CopyButton text={reference} name={t('activity.reference')} />
            </dd>
          </div>
        )}
      </dl>
      <section>
        <h2 className="heading">{t('activity.course')}</h2>
        <Timeline label={t('activity.course')} steps={steps} />
      </section>
      <Annotations id={movement.id} />
      {legs.length > 0 && (
        <Notice kind="proof" title={t('activity.balanced')}>
          {t('activity.balancedSub')}
        </Notice>
      )}
    </>
  )
}

function Refusal({ of }: { readonly of: NonNullable<Detail['decline']> }) {
  const { t, failure: say } = useText()
  const text = { kind: 'decline', code: of.code, detail: of.detail } as const
  const { what, next, gap } = say(text)
  return (
    <section className="failure">
      <h2>{t('activity.wentWrong')}</h2>
      <p>
        <b>{what}</b>
        {gap}
        {next}
      </p>
      <p className="line sub">
        {t('pay.who')} <Tag kind="ok">{t(`menders.${mendingOf(text).who}`)}</Tag>
      </p>
    </section>
  )
}

function Lines({ lines }: { readonly lines: Detail['lines'] }) {
  const { t } = useText()
  return (
    <section>
      <h2 className="heading">{t('activity.lines')}</h2>
      <ul className="rows">
        {lines.map(({ title, quantity, amount }) => (
          <li key={title} className="spread line-item">
            <span>{t('activity.quantity', { title, quantity })}</span>
            <Amount of={amount} />
          </li>
        ))}
      </ul>
    </section>
  )
}
