import { getRouteApi, Link } from '@tanstack/react-router'
import type { TopUp } from '#contracts/wire/shapes.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Amount, HiddenAmounts } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice, Tag } from '../../components/Notice.tsx'
import { QrImage } from '../../components/QrImage.tsx'
import { SlipSkeleton } from '../../components/Skeleton.tsx'
import { Steps } from '../../components/Slip.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { useText } from '../../text/useText.ts'
import { Instructions } from './Instructions.tsx'
import { SandboxBank } from './SandboxBank.tsx'
import { topUpTag } from './TopUp.tsx'

const route = getRouteApi('/top-up/$id')
const isOpen = ({ state }: TopUp) => state === 'instructed' || state === 'detected'

/** One top-up: where to send the money, and how far it has come. */
export function TopUpDetail() {
  const { t } = useText()
  const { id } = route.useParams()
  const { data: topUp, error, refetch } = useBridge('topUps.get', { id })
  const isLost = topUp?.state === 'cancelled' || topUp?.state === 'expired'
  return (
    <div className="page">
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!topUp && !error && <SlipSkeleton />}
      {topUp && (
        <div className="cols">
          <div className="stack">
            <Steps
              label={t('topUp.steps')}
              steps={[t('topUp.stepAmount'), t('topUp.stepTransfer'), t(isLost ? `topUp.state_${topUp.state}` : 'topUp.stepCredited')]}
              at={isOpen(topUp) ? 1 : 2}
            />
            <Transfer topUp={topUp} />
          </div>
          <Progress topUp={topUp} />
        </div>
      )}
    </div>
  )
}

function Transfer({ topUp }: { readonly topUp: TopUp }) {
  const { t, amount: write } = useText()
  const { amount, credited, state, instructions } = topUp
  const isOther = credited !== null && credited.value !== amount.value
  return (
    <section className="slip full" aria-label={t('topUp.slip', { amount: write(amount) })}>
      <header>
        <Tag kind={topUpTag[state]}>{t(`topUp.state_${state}`)}</Tag>
        <h1 className="slip-title">{t(isOpen(topUp) ? 'topUp.transfer' : 'activity.kind_top_up')}</h1>
        <HiddenAmounts value={false}>
          <Amount of={credited ?? amount} size="large" isSigned={state === 'credited'} />
        </HiddenAmounts>
        {isOther && <p className="sub">{t('topUp.creditedOther', { amount: write(amount) })}</p>}
        {isOpen(topUp) && <p className="sub">{t('topUp.transferNote')}</p>}
      </header>
      <div className="body transfer">
        <Instructions topUp={topUp} isOver={!isOpen(topUp)} />
        {isOpen(topUp) && instructions.epcPayload !== null && (
          <figure className="stack tight">
            <QrImage text={instructions.epcPayload} label={t('topUp.qrLabel')} />
            <figcaption className="small quiet">
              <b>{t('topUp.qrTitle')}</b>
              <br />
              {t('topUp.qrSub')}
            </figcaption>
          </figure>
        )}
      </div>
    </section>
  )
}

function Progress({ topUp }: { readonly topUp: TopUp }) {
  const { t, moment, known } = useText()
  const cancel = useBridgeAction('topUps.cancel')
  const { order } = route.useSearch()
  const { id, state, reference, timeline, problem, expectedBy, expiresAt } = topUp
  const done = timeline.map(({ state: step, at }) => ({ key: step, name: t(`activity.step_${step}`), time: moment(at), at }))
  const steps = isOpen(topUp)
    ? [
        ...done,
        { key: 'next', name: t('topUp.stepCredited'), time: t('topUp.expectedBy', { at: moment(expectedBy) }), kind: 'next' as const },
      ]
    : done
  return (
    <div className="stack loose">
      {problem !== null && (
        <Notice kind="warning" title={t('topUp.problem')}>
          <p>{known(`statementProblems.${problem}`, problem)}</p>
          <Link to="/help" search={{ about: t('topUp.askAbout', { reference }) }} className="textlink">
            {t('topUp.problemAsk')}
          </Link>
        </Notice>
      )}
      <section aria-labelledby="course" role="status">
        <div className="heading">
          <h2 id="course">{t('topUp.course')}</h2>
        </div>
        <Timeline label={t('topUp.course')} steps={steps} />
        {isOpen(topUp) && <p className="sub after">{t('topUp.expires', { at: moment(expiresAt) })}</p>}
      </section>
      {isOpen(topUp) && <SandboxBank topUp={topUp} />}
      {cancel.failure && <FailurePanel failure={cancel.failure} />}
      <div className="line">
        {state === 'credited' && order !== undefined && (
          <Link className="btn go" to="/pay" search={{ text: order }}>
            {t('topUp.backToOrder')}
          </Link>
        )}
        {state === 'credited' && (
          <Link className="btn" to="/activity" search={{ id }}>
            {t('topUp.seeMovement')}
          </Link>
        )}
        {!isOpen(topUp) && (
          <Link className="btn" to="/top-up">
            {t('topUp.another')}
          </Link>
        )}
        {state === 'instructed' && (
          <Button kind="danger" onPress={() => void cancel.run({ id })} isPending={cancel.isRunning}>
            {t('topUp.cancel')}
          </Button>
        )}
      </div>
    </div>
  )
}
