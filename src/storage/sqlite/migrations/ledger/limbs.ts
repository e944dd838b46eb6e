/** The three columns of an amount (core/money/limbs.ts), such as `after_hi, after_mid, after_lo`; without a prefix `hi, mid, lo`; a prefix may name a table. */
export const limbColumns = (prefix = ''): readonly [hi: string, mid: string, lo: string] => [`${prefix}hi`, `${prefix}mid`, `${prefix}lo`]

/** Declares them and says what limbs are: of one sign, and of a magnitude up to 10^38. */
export function limbs(prefix = '', { from = '' }: { readonly from?: '' | 'DEFAULT 0' } = {}): string {
  const [hi, mid, lo] = limbColumns(prefix)
  return `${[hi, mid, lo].map(column => `${column} INTEGER NOT NULL ${from}`).join(', ')}
  CHECK (${hi} BETWEEN -100000000000000 AND 100000000000000 AND abs(${mid}) < 1000000000000 AND abs(${lo}) < 1000000000000
    AND (min(${hi}, ${mid}, ${lo}) >= 0 OR max(${hi}, ${mid}, ${lo}) <= 0))`
}

/** True where the limbs, which need not be of one sign, are those of zero: what is above 10^12 goes up to the next. */
export function isZero(hi: string, mid: string, lo: string): string {
  const carried = `(${mid} + (${lo}) / 1000000000000)`
  return `((${lo}) % 1000000000000 = 0 AND ${carried} % 1000000000000 = 0 AND ${hi} + ${carried} / 1000000000000 = 0)`
}
