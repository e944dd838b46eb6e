import { BadgeCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

type NoticeProps = { readonly kind: 'sandbox' | 'proof' | 'warning'; readonly title?: string; readonly children?: ReactNode }

/** Something to know: a label of the sandbox (dashed), a proof (jade), or something that waits for attention (amber). */
export function Notice({ kind, title, children }: NoticeProps) {
  if (kind === 'sandbox') return <div className="sandbox">{children}</div>
  const Icon = kind === 'proof' ? BadgeCheck : TriangleAlert
  return (
    <div className={kind}>
      <Icon className="icon" aria-hidden />
      <div>
        {title !== undefined && <b>{title}</b>}
        {children}
      </div>
    </div>
  )
}

type TagProps = { readonly kind?: 'ok' | 'wait' | 'stop' | undefined; readonly children: ReactNode }

/** A state, in words. */
export function Tag({ kind, children }: TagProps) {
  return <span className={kind ? `tag ${kind}` : 'tag'}>{children}</span>
}

type EmptyProps = { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode; readonly acts?: ReactNode }

/** A list with nothing in it yet: what will stand here, and how to begin. */
export function EmptyState({ icon, title, children, acts }: EmptyProps) {
  return (
    <div className="empty">
      {icon}
      <b className="empty-title">{title}</b>
      <p>{children}</p>
      {acts !== undefined && <div className="line">{acts}</div>}
    </div>
  )
}
