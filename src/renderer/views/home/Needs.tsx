import { useNavigate } from '@tanstack/react-router'
import { ArrowDownToLine, Clock, Coins, KeyRound, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { firstCurrencies } from '#core/money/currencies/index.ts'
import { useAppState } from '../../app/useAppState.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { inFours } from '../../text/inFours.ts'
import { useText } from '../../text/useText.ts'
import { SplitNeed } from '../limits/SplitNeed.tsx'
import { LockNeed } from './LockNeed.tsx'
import { Need } from './Need.tsx'
import { asksPerson, RiskNeed } from './RiskNeed.tsx'

/** A new holder has no balances: one click opens the usual currencies. */
function OpenCurrencies() {
  const { t } = useText()
  const announce = useAnnounce()
  const open = useBridgeAction('account.openCurrencies')
  const openAll = async () => {
    const done = await open.run({ currencies: [...firstCurrencies] })
    if (done) announce({ kind: 'good', words: t('home.opened', { count: done.opened.length }) })
  }
  return (
    <Need
      icon={<Coins className="icon" aria-hidden />}
      title={t('home.openTitle')}
      act={
        <Button size="small" onPress={() => void openAll()} isPending={open.isRunning}>
          {t('home.openAll')}
        </Button>
      }
    >
      {t('home.openSub', { count: firstCurrencies.length })}
      {open.failure && <FailurePanel failure={open.failure} />}
    </Need>
  )
}

/** A way back in for the day on which the password is forgotten: said once a week until there is one. */
function MakeKit() {
  const { t } = useText()
  const navigate = useNavigate()
  const postpone = useBridgeAction('vault.postponeKit')
  return (
    <Need
      icon={<KeyRound className="icon" aria-hidden />}
      title={t('vault.kitMake')}
      act={
        <>
          <Button size="small" onPress={() => void navigate({ to: '/settings' })}>
            {t('vault.kitMake')}
          </Button>
          <Button size="small" kind="plain" onPress={() => void postpone.run({})} isPending={postpone.isRunning}>
            {t('vault.kitLater')}
          </Button>
        </>
      }
    >
      {t('vault.kitWhy')} {t('vault.kitNeedSub')}
    </Need>
  )
}

/** Undefined until everything that may need the person was told. */
function useNeeds(): readonly ReactNode[] | undefined {
  const { t, moment } = useText()
  const amountText = useAmountText()
  const navigate = useNavigate()
  const { recoveryKit } = useAppState()
  const { data: overview } = useBridge('balances.overview', {})
  const { data: profile } = useBridge('account.profile', {})
  const { data: topUps } = useBridge('topUps.list', {})
  const { data: pending } = useBridge('payments.pending', {})
  const { data: plans } = useBridge('limits.splits', {})
  const { data: risk } = useBridge('risk.alerts', {})
  const needs: ReactNode[] = (risk?.alerts ?? []).filter(asksPerson).map(alert => <RiskNeed key={alert.id} alert={alert} />)
  if (profile?.securityHoldSince) needs.push(<LockNeed key="lock" since={profile.securityHoldSince} />)
  for (const { id, total, order } of pending?.payments ?? []) {
    needs.push(
      <Need
        key={id}
        icon={<Clock className="icon wait" aria-hidden />}
        title={t('home.paymentPending', { amount: amountText(total), shop: order.shop.name })}
        act={
          <Button size="small" onPress={() => void navigate({ to: '/pay', search: { payment: id } })}>
            {t('home.paymentAct')}
          </Button>
        }
      >
        {t('home.paymentPendingSub')}
      </Need>,
    )
  }
  for (const split of plans?.splits ?? []) needs.push(<SplitNeed key={split.id} split={split} />)
  for (const { id, amount, reference, expectedBy, problem } of topUps?.topUps.filter(
    ({ state }) => state === 'instructed' || state === 'detected',
  ) ?? []) {
    needs.push(
      <Need
        key={id}
        icon={problem === null ? <ArrowDownToLine className="icon" aria-hidden /> : <TriangleAlert className="icon wait" aria-hidden />}
        title={t(problem === null ? 'home.topUpWaiting' : 'home.topUpProblem', { amount: amountText(amount) })}
        act={
          <Button size="small" onPress={() => void navigate({ to: '/top-up/$id', params: { id } })}>
            {t('home.topUpAct')}
          </Button>
        }
      >
        {t('home.topUpWaitingSub', { reference: inFours(reference), at: moment(expectedBy) })}
      </Need>,
    )
  }
  if (overview?.balances.length === 0) needs.push(<OpenCurrencies key="open" />)
  else if (overview && topUps && needs.length === 0 && overview.balances.every(({ posted }) => !/[1-9]/.test(posted.value))) {
    needs.push(
      <Need
        key="first"
        icon={<ArrowDownToLine className="icon" aria-hidden />}
        title={t('home.firstTitle')}
        act={
          <Button size="small" onPress={() => void navigate({ to: '/top-up' })}>
            {t('home.firstAct')}
          </Button>
        }
      >
        {t('home.firstSub')}
      </Need>,
    )
  }
  if (recoveryKit === 'remind') needs.push(<MakeKit key="kit" />)
  const isKnown = overview && profile && topUps && pending && plans && risk
  return needs.length > 0 || isKnown ? needs : undefined
}

/** What waits for the person. */
export function Needs() {
  const { t } = useText()
  const needs = useNeeds()
  const isQuiet = needs === undefined || needs.length === 0
  return (
    <section aria-labelledby="needs" className={isQuiet ? 'needs quietly' : 'needs'}>
      <div className="heading">
        <h2 id="needs">{t('home.needsYou')}</h2>
      </div>
      {needs?.length === 0 ? <p className="sub">{t('home.nothingNeeded')}</p> : needs}
    </section>
  )
}
