import type { ReactNode } from 'react'
import type { Movement } from '#contracts/bridge/history.ts'
import { inFours } from '../text/inFours.ts'
import { initial } from '../text/initial.ts'
import { useText } from '../text/useText.ts'
import { Amount, useAmountText } from './Amount.tsx'
import { Tag } from './Notice.tsx'

const tagKinds = { pending: 'wait', declined: 'stop', cancelled: undefined, expired: undefined, done: undefined } as const

/** So many labels stand in a line; the others are counted. */
const mostLabels = 2

/** Who it was with; a top-up is named for what it is, with its reference, which is what one looks for. */
export function useMovementTitle({ kind, title, reference }: Movement): string {
  const { t } = useText()
  if (kind !== 'top_up') return title
  return reference === '' ? t('activity.kind_top_up') : t('app.dot', { a: t('activity.kind_top_up'), b: inFours(reference) })
}

/** What one line of the history shows: who, what kind and when, how much, and the state where it is not simply done. */
export function MovementCells({ movement }: { readonly movement: Movement }): ReactNode {
  const { t, time } = useText()
  const amountText = useAmountText()
  const { kind, state, at, amount, balanceAfter, labels } = movement
  const hasMoved = state === 'done'
  const title = useMovementTitle(movement)
  return (
    <>
      <span className="dot" aria-hidden>
        {initial(title)}
      </span>
      <span className="grow">
        <span className="row-title">
          <span>{title}</span>
          {!hasMoved && <Tag kind={tagKinds[state]}>{t(`activity.state_${state}`)}</Tag>}
          {labels.slice(0, mostLabels).map(label => (
            <Tag key={label}>{label}</Tag>
          ))}
          {labels.length > mostLabels && <Tag>{t('notes.more', { count: labels.length - mostLabels })}</Tag>}
        </span>
        <span className="sub">
          {kind === 'top_up' ? movement.title : t(`activity.kind_${kind}`)} · <time dateTime={at}>{time(at)}</time>
        </span>
      </span>
      <span className="row-amount">
        <Amount of={amount} isSigned={hasMoved} isStruck={!hasMoved} />
        <span className="sub figures">
          {hasMoved && balanceAfter ? t('home.balanceAfter', { amount: amountText(balanceAfter) }) : amount.currency}
        </span>
      </span>
    </>
  )
}
