type Step = {
  readonly key: string
  readonly name: string
  readonly time: string
  readonly at?: string | undefined
  readonly kind?: 'next' | 'bad'
}

/** What happened, dated, and what comes next. */
export function Timeline({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  return (
    <ol className="timeline" aria-label={label}>
      {steps.map(({ key, name, time, at, kind }) => (
        <li key={key} className={kind}>
          <span>{name}</span>
          <time dateTime={at}>{time}</time>
        </li>
      ))}
    </ol>
  )
}
