import type { ReactNode } from 'react'

type NeedProps = {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  readonly below?: ReactNode
  readonly act: ReactNode
}

/** Something that waits for the person, with what they can do about it. */
export function Need({ icon, title, children, below, act }: NeedProps) {
  return (
    <article className="card need" aria-label={title}>
      {icon}
      <div>
        <b>{title}</b>
        <p className="sub">{children}</p>
        {below}
        <div className="line">{act}</div>
      </div>
    </article>
  )
}
