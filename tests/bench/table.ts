import type { Figure } from './row.ts'

export type Measured = { readonly name: string } & Figure

const shown = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toPrecision(3)

/** The rows for people, with their notes below. */
export function table(rows: readonly Measured[]): string {
  const verdict = ({ ok, reference }: Pick<Figure, 'ok' | 'reference'>) =>
    ok === null ? (reference === null ? 'no reference' : 'no goal') : ok ? 'ok' : 'MISSED'
  const cells = [
    ['', 'value', 'reference', 'ratio', 'goal', ''],
    ...rows.map(({ name, value, unit, reference, ratio, goal, ok }) => [
      name,
      `${shown(value)} ${unit}`,
      reference === null ? '-' : `${shown(reference)} ${unit}`,
      ratio === null ? '-' : shown(ratio),
      goal,
      verdict({ ok, reference }),
    ]),
  ]
  const widths = [0, 1, 2, 3, 4, 5].map(column => Math.max(...cells.map(row => (row[column] ?? '').length)))
  const lines = cells.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const notes = rows.filter(row => row.note).map(({ name, note }) => `  ${name}: ${note}`)
  return [...lines, '', ...notes].join('\n')
}
