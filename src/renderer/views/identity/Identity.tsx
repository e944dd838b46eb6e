import { FileText, IdCard, UserRound, Wallet } from 'lucide-react'
import { useState } from 'react'
import type { IdentityWire, StepWire } from '#contracts/wire/identity.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice, Tag } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { DetailsForm } from './DetailsForm.tsx'
import { DocumentForm } from './DocumentForm.tsx'
import { FinancialForm } from './FinancialForm.tsx'
import { Mismatches } from './Mismatches.tsx'

const icons = { details: UserRound, document: IdCard, financial: Wallet } as const

/** How well the person is known, what each step gives, and what is missing for it. */
export function Identity() {
  const { t } = useText()
  const { data, error, refetch } = useBridge('identity.overview', {})
  const [open, setOpen] = useState<StepWire['step']>()
  return (
    <section className="card stack" aria-labelledby="identity">
      <div>
        <h2 id="identity">{t('identity.title')}</h2>
        <p className="sub">{t('identity.sub')}</p>
      </div>
      {error && !data && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={3} />}
      {data && (
        <>
          <p>
            <FileText className="icon" aria-hidden /> {t('identity.stands', { tier: t(`identity.tier_${data.tier}`) })}
          </p>
          <ul className="rows">
            {data.steps.map(step => (
              <StepRow key={step.step} step={step} of={data} onOpen={() => setOpen(step.step)} />
            ))}
          </ul>
          {data.mismatches.length > 0 && (
            <Notice kind="warning">
              <Mismatches of={data.mismatches} />
            </Notice>
          )}
          {open && <StepDialog step={open} of={data} onClose={() => setOpen(undefined)} />}
        </>
      )}
    </section>
  )
}

type DialogProps = { readonly step: StepWire['step']; readonly of: IdentityWire; readonly onClose: () => void }

function StepDialog({ step, of, onClose }: DialogProps) {
  const { t } = useText()
  const revision = of.steps.find(one => one.step === step)?.revision ?? 0
  const files = of.files.filter(file => file.step === step)
  return (
    <Dialog title={t(`identity.${step}`)} isOpen onClose={onClose}>
      {step === 'details' && <DetailsForm before={of.details} revision={revision} onClose={onClose} />}
      {step === 'document' && <DocumentForm before={of.document} files={files} revision={revision} onClose={onClose} />}
      {step === 'financial' && <FinancialForm before={of.financial} files={files} revision={revision} onClose={onClose} />}
    </Dialog>
  )
}

const tagKinds = { needs_input: undefined, in_review: 'wait', verified: 'ok', rejected: 'stop', expired: 'stop' } as const

type RowProps = { readonly step: StepWire; readonly of: IdentityWire; readonly onOpen: () => void }

function StepRow({ step: { step, state, at, endsOn, sentence, code, revision }, of, onOpen }: RowProps) {
  const { t, amount, day, moment } = useText()
  const Icon = icons[step]
  const gives = of.gives.find(({ tier }) => tier === step)
  const before = of.steps[of.steps.findIndex(one => one.step === step) - 1]
  const isOpen = before === undefined || before.state === 'verified' || before.state === 'in_review'
  const name = t(`identity.tier_${step}`)
  const act = state === 'verified' ? 'change' : revision === 0 ? 'begin' : 'again'
  const values = gives && { perPayment: amount(gives.perPayment), perDay: amount(gives.perDay), perMonth: amount(gives.perMonth) }
  return (
    <li className="row setting">
      <span className="dot" aria-hidden>
        <Icon className="icon" />
      </span>
      <span className="grow">
        <span className="row-title">
          <span>{name}</span>
          <Tag kind={tagKinds[state]}>{t(`identity.state_${state}`)}</Tag>
        </span>
        {values && <span className="sub figures">{t('identity.gives', values)}</span>}
        {state === 'needs_input' && sentence === '' && (
          <span className="sub">{t(isOpen ? `identity.takes_${step}` : 'identity.later')}</span>
        )}
        {state === 'needs_input' && sentence !== '' && <span className="sub">{t('identity.asked', { sentence })}</span>}
        {state === 'in_review' && at !== null && <span className="sub">{t('identity.since', { at: moment(at) })}</span>}
        {state === 'verified' && endsOn !== null && <span className="sub">{t('identity.until', { day: day(endsOn) })}</span>}
        {code !== null && (
          <span className="sub">
            {t('identity.rejected', { code })} {sentence}
          </span>
        )}
      </span>
      {isOpen && state !== 'in_review' && (
        <span className="line">
          <Button size="small" onPress={onOpen} aria-label={`${t(`identity.${act}`)}: ${name}`}>
            {t(`identity.${act}`)}
          </Button>
        </span>
      )}
    </li>
  )
}
