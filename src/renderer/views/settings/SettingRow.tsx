import type { ReactNode } from 'react'

type SettingRowProps = {
  readonly icon: ReactNode
  readonly title: string
  /** How it stands. */
  readonly state: string
  /** What it means; '' where that says itself. */
  readonly sub: string
  /** What can be done about it. */
  readonly children: ReactNode
}

/** One thing of the account: its name, how it stands, and beside it what changes it. */
export function SettingRow({ icon, title, state, sub, children }: SettingRowProps) {
  return (
    <li className="row setting">
      <span className="dot" aria-hidden>
        {icon}
      </span>
      <span className="grow">
        <span className="row-title">
          <span>{title}</span>
        </span>
        <span className="sub">{sub === '' ? state : `${state} · ${sub}`}</span>
      </span>
      <span className="line">{children}</span>
    </li>
  )
}
