import type { ReactNode } from 'react'
import { HiddenAmounts } from './Amount.tsx'

type SlipProps = { readonly label: string; readonly children: ReactNode; readonly isBusy?: boolean }

/** The one form in which money is agreed. It becomes the receipt and the refusal in place. What one agrees to is shown even where amounts are hidden. */
export function Slip({ label, children, isBusy = false }: SlipProps) {
  return (
    <section className="slip" aria-label={label} aria-busy={isBusy}>
      <HiddenAmounts value={false}>{children}</HiddenAmounts>
    </section>
  )
}

export function SlipHead({ children }: { readonly children: ReactNode }) {
  return <header>{children}</header>
}

export function SlipRows({ children }: { readonly children: ReactNode }) {
  return <dl>{children}</dl>
}

type SlipRowProps = { readonly what: ReactNode; readonly children: ReactNode; readonly sub?: ReactNode; readonly isTotal?: boolean }

/** What ... how much. The total has the heavy line above it. */
export function SlipRow({ what, children, sub, isTotal = false }: SlipRowProps) {
  return (
    <div className={isTotal ? 'total' : undefined}>
      <dt>{what}</dt>
      <dd>
        {children}
        {sub !== undefined && <span className="sub">{sub}</span>}
      </dd>
    </div>
  )
}

export function SlipFoot({ children }: { readonly children: ReactNode }) {
  return <footer>{children}</footer>
}

type StepsProps = { readonly steps: readonly string[]; readonly at: number; readonly label: string }

/** Where in the flow the person is. */
export function Steps({ steps, at, label }: StepsProps) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
          {step}
        </li>
      ))}
    </ol>
  )
}
