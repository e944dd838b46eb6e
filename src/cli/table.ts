import { plain } from './safeText.ts'

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u
const marks = /\p{M}/u

/** How many columns of a terminal a text takes: two for East Asian wide characters (Unicode TR 11), none for combining marks. */
export const displayWidth = (text: string): number =>
  [...text].reduce(
    (width, character) => width + (marks.test(character) ? 0 : wide.test(character) || (character.codePointAt(0) ?? 0) > 0x1f000 ? 2 : 1),
    0,
  )

export type Column = { readonly title: string; readonly align: 'left' | 'right' }

/** A table for people: columns as wide as their longest cell, two spaces apart, amounts to the right. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ title }) => title), ...rows].map(row => row.map(plain))
  const widths = columns.map((_, index) => Math.max(...cells.map(row => displayWidth(row[index] ?? ''))))
  const line = (row: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const text = row[index] ?? ''
        const space = ' '.repeat((widths[index] ?? 0) - displayWidth(text))
        return align === 'right' ? space + text : text + space
      })
      .join('  ')
      .trimEnd()
  const [title = [], ...body] = cells
  return [line(title), widths.map(width => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n')
}

/** Pairs of what and how much, as on a slip. */
export function pairs(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([what]) => displayWidth(plain(what))))
  return rows.map(([what, how]) => `${plain(what)}${' '.repeat(width - displayWidth(plain(what)))}  ${plain(how)}`).join('\n')
}
