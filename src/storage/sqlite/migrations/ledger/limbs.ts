/** The three columns of an amount (core/money/limbs.ts), such as `after_hi, after_mid, after_lo`; without a prefix `hi, mid, lo`; a prefix may name a table. */
export const limbColumns = (prefix = ''): readonly [hi: string, mid: string, lo: string] => [`${prefix}hi`, `${prefix}mid`, `${prefix}lo`]

/** Declares them and says what limbs are: of one sign, and of a magnitude up to 10^38. */
export function limbs(prefix = '', { from = '' }: { readonly from?: '' | 'DEFAULT 0' } = {}): string {
  const [hi, mid, lo] = limbColumns(prefix)
  return `${[hi, mid, lo].map(column => `${column} INTEGER NOT NULL ${from}`).join(', ')}
  CHECK (${hi} BETWEEN -100000000000000 AND 100000000000000 AND abs(${mid}) < 1000000000000 AND abs(${lo}) < 1000000000000
    AND (min(${hi}, ${mid}, ${lo}) >= 0 OR max(${hi}, ${mid}, ${lo}) <= 0))`
}

const base = '1000000000000'
const rest = (limb: string): string => `((${limb}) % ${base} + ${base}) % ${base}`

/** Selects the limbs of a sum over rows that is not below zero; those of a row need not be of one sign: what is missing below is taken from above. */
export const sumOfLimbs = ([hi, mid, lo]: readonly [hi: string, mid: string, lo: string], rows: string): string =>
  `SELECT hi + (mid - ${rest('mid')}) / ${base}, ${rest('mid')}, lo
   FROM (SELECT hi, mid + (lo - ${rest('lo')}) / ${base} AS mid, ${rest('lo')} AS lo
   FROM (SELECT coalesce(sum(${hi}), 0) AS hi, coalesce(sum(${mid}), 0) AS mid, coalesce(sum(${lo}), 0) AS lo ${rows}))`

/** True where the limbs, which need not be of one sign, are those of zero: what is above 10^12 goes up to the next. */
export function isZero(hi: string, mid: string, lo: string): string {
  const carried = `(${mid} + (${lo}) / 1000000000000)`
  return `((${lo}) % 1000000000000 = 0 AND ${carried} % 1000000000000 = 0 AND ${hi} + ${carried} / 1000000000000 = 0)`
}
