import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AccountLocksWire, AccountLockWire } from '#contracts/wire/accountLock.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'
import { UnfreezeDialog } from './UnfreezeDialog.tsx'

/** Stops all money out of the account, and the way back. */
export function AccountFreeze() {
  const { t } = useText()
  const queries = useQueryClient()
  const { data: state, error, refetch } = useBridge('accountLock.state', {})
  const [open, setOpen] = useState<'freeze' | 'unfreeze'>()
  const show = (locks: AccountLocksWire) => {
    queries.setQueryData(['accountLock.state', {}], locks)
    setOpen(undefined)
  }
  const own = state?.standing.find(({ by }) => by === 'holder')
  return (
    <section className="card stack" aria-labelledby="freeze">
      <h2 id="freeze">{t('accountLock.title')}</h2>
      {error && !state && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {state?.standing.map(lock => (
        <Standing key={lock.id} lock={lock} onUnlock={() => setOpen('unfreeze')} onFrozen={show} />
      ))}
      {state && !own && (
        <>
          <p>{t('accountLock.sub')}</p>
          <div>
            <Button kind="danger" onPress={() => setOpen('freeze')}>
              {t('accountLock.act')}
            </Button>
          </div>
        </>
      )}
      {state && state.past.length > 0 && <Past locks={state.past} />}
      <Dialog title={t('accountLock.askTitle')} isOpen={open === 'freeze'} onClose={() => setOpen(undefined)}>
        <FreezeForm onFrozen={show} onClose={() => setOpen(undefined)} />
      </Dialog>
      {open === 'unfreeze' && <UnfreezeDialog onDone={show} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

type StandingProps = {
  readonly lock: AccountLockWire
  readonly onUnlock: () => void
  readonly onFrozen: (locks: AccountLocksWire) => void
}

function Standing({ lock: { by, since, reason, opensAt, steps }, onUnlock, onFrozen }: StandingProps) {
  const { t, moment } = useText()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const freeze = useBridgeAction('accountLock.freeze')
  const keep = async () => {
    const locks = await freeze.run({})
    if (!locks) return
    announce({ kind: 'good', words: t('accountLock.keptFrozen') })
    onFrozen(locks)
  }
  const title = t(`accountLock.standsTitle_${by}`)
  return (
    <Notice kind="warning" title={title}>
      <p>{t('accountLock.since', { at: moment(since), reason })}</p>
      {by === 'service' && <p>{t('accountLock.liftedBy_service')}</p>}
      {opensAt !== null && <p>{t('accountLock.opens', { at: moment(opensAt) })}</p>}
      <Steps steps={steps} />
      {freeze.failure && <FailurePanel failure={freeze.failure} />}
      <div className="line">
        {by === 'service' && (
          <Button onPress={() => void navigate({ to: '/help', search: { about: title } })}>{t('accountLock.ask')}</Button>
        )}
        {by === 'holder' && opensAt === null && <Button onPress={onUnlock}>{t('accountLock.unlock')}</Button>}
        {by === 'holder' && opensAt !== null && (
          <Button kind="danger" onPress={() => void keep()} isPending={freeze.isRunning}>
            {t('accountLock.freezeAgain')}
          </Button>
        )}
      </div>
    </Notice>
  )
}

/** What became of a lock, each state with its date. */
function Steps({ steps }: Pick<AccountLockWire, 'steps'>) {
  const { t, moment } = useText()
  return (
    <dl className="facts">
      {steps.map(({ step, at }) => (
        <div key={`${step} ${at}`}>
          <dt>{t(`accountLock.step_${step}`)}</dt>
          <dd>{moment(at)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Past({ locks }: { readonly locks: readonly AccountLockWire[] }) {
  const { t } = useText()
  return (
    <details>
      <summary>{t('accountLock.past')}</summary>
      {locks.map(({ id, steps }) => (
        <Steps key={id} steps={steps} />
      ))}
    </details>
  )
}

type FreezeFormProps = { readonly onFrozen: (locks: AccountLocksWire) => void; readonly onClose: () => void }

/** What it does and how it ends is said before. */
function FreezeForm({ onFrozen, onClose }: FreezeFormProps) {
  const { t } = useText()
  const announce = useAnnounce()
  const freeze = useBridgeAction('accountLock.freeze')
  const { data: safety } = useBridge('secondFactor.state', {})
  const run = async () => {
    const locks = await freeze.run({})
    if (!locks) return
    announce({ kind: 'good', words: t('accountLock.frozen') })
    onFrozen(locks)
  }
  return (
    <div className="stack">
      <p>{t('accountLock.stops')}</p>
      <p>{t('accountLock.goesOn')}</p>
      <p>{t(safety && safety.appSince !== null ? 'accountLock.wayApp' : 'accountLock.wayMail')}</p>
      {freeze.failure && <FailurePanel failure={freeze.failure} />}
      <div className="line">
        <Button kind="danger" onPress={() => void run()} isPending={freeze.isRunning}>
          {t('accountLock.act')}
        </Button>
        <Button kind="plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  )
}
