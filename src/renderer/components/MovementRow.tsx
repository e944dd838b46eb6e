import type { ReactNode } from 'react'
import type { Movement } from '#contracts/bridge/history.ts'
import { useText } from '../text/useText.ts'
import { Amount, useAmountText } from './Amount.tsx'
import { Tag } from './Notice.tsx'

const tagKinds = { pending: 'wait', declined: 'stop', cancelled: undefined, expired: undefined, done: undefined } as const

/** The first letter or character of who it was with. */
const initial = (title: string): string => [...title.trim()][0]?.toLocaleUpperCase() ?? '·'

/** What one line of the history shows: who, what kind and when, how much, and the state where it is not simply done. */
export function MovementCells({ movement }: { readonly movement: Movement }): ReactNode {
  const { t, time } = useText()
  const amountText = useAmountText()
  const { title, kind, state, at, amount, balanceAfter } = movement
  const hasMoved = state === 'done'
  return (
    <>
      <span className="dot" aria-hidden>
        {initial(title)}
      </span>
      <span className="grow">
        <span className="row-title">
          <span>{title}</span>
          {!hasMoved && <Tag kind={tagKinds[state]}>{t(`activity.state_${state}`)}</Tag>}
        </span>
        <span className="sub">
          {t(`activity.kind_${kind}`)} · <time dateTime={at}>{time(at)}</time>
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
