import type { ReactNode } from 'react'
import { type AmountText, amountText } from '#locales/amounts.ts'
import type { FailureText } from '#locales/failures.ts'
import { Amount } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { type FixActs, FixButtons, mendingOf } from '../../components/FailurePanel.tsx'
import { Tag } from '../../components/Notice.tsx'
import { SlipFoot, SlipRow, SlipRows } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'

type RefusalProps = { readonly of: FailureText; readonly acts: FixActs; readonly before?: ReactNode }

const shownAmounts = [
  ['missing', 'pay.missing'],
  ['limit', 'pay.limit'],
  ['left', 'pay.left'],
] as const

/** The cause in one sentence, who can fix it, the figures that it is about, the earliest time, and buttons that do. */
export function Refusal({ of, acts, before }: RefusalProps) {
  const { t, failure: say, moment } = useText()
  const { what, next, gap } = say(of)
  const at = of.detail['at']
  const figures = shownAmounts.flatMap(([name, key]) => {
    const found: AmountText | undefined = amountText(of.detail['currency'], of.detail[name])
    return found ? [{ key, found }] : []
  })
  const isAskOffered = mendingOf(of).fixes.includes('ask')
  const isOtherOffered = mendingOf(of).fixes.includes('use_other_link')
  return (
    <>
      <div className="body" role="alert">
        <p>
          <b>{what}</b>
          {gap}
          {next}
        </p>
      </div>
      <SlipRows>
        {before}
        <SlipRow what={t('pay.who')}>
          <Tag kind="ok">{t(`menders.${mendingOf(of).who}`)}</Tag>
        </SlipRow>
        {figures.map(({ key, found }) => (
          <SlipRow key={key} what={t(key)}>
            <Amount of={found} />
          </SlipRow>
        ))}
        {at !== undefined && mendingOf(of).fixes.length > 0 && (of.code === 'over_daily_limit' || of.code === 'over_monthly_limit') && (
          <SlipRow what={t('pay.earliest')}>{moment(at)}</SlipRow>
        )}
      </SlipRows>
      <SlipFoot>
        <FixButtons of={of} acts={acts} size="wide" />
        {!isOtherOffered && acts.use_other_link && (
          <Button kind="plain" size="wide" onPress={acts.use_other_link}>
            {t('pay.payAnother')}
          </Button>
        )}
        {!isAskOffered && acts.ask && (
          <Button kind="plain" size="wide" onPress={acts.ask}>
            {t('pay.ask')}
          </Button>
        )}
      </SlipFoot>
    </>
  )
}
