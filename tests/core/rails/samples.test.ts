import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toDecimal } from '#core/money/amount.ts'
import { isCreditable } from '#core/rails/bank/statement.ts'
import { readBytes, refusalOf } from './bank/reading.ts'

/** Statements written by others, and what independent readers say of them. They lie beside the project where they are at hand. */
const folder = new URL('../../../../shared/samples/bank/', import.meta.url)

type Said = {
  account: string
  entries: number
  booked: number
  txdetails: number
  booked_sum: string
  opening: string | null
  reconciles: boolean | null
}
type Sample = { file: string; format: string; version?: string; readers_say: readonly Said[] }

const hasSamples = existsSync(new URL('INDEX.json', folder))
const index: readonly Sample[] = hasSamples ? JSON.parse(readFileSync(new URL('INDEX.json', folder), 'utf8')) : []
const samples = index.filter(sample => sample.format === 'camt')
const read = (sample: Sample) => readBytes(readFileSync(new URL(sample.file, folder)))
const isStatement = (sample: Sample) => sample.version?.startsWith('camt.053.') ?? false
/** "3483.00" and "3483" are one sum. */
const plain = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0{1,18}$/, '') : decimal)

describe.skipIf(!hasSamples)('statements written by others (skipped where ../shared/samples is not at hand)', () => {
  it.each(samples.filter(sample => !isStatement(sample)))('$file is refused: it is $version', sample => {
    expect(refusalOf(read(sample))).toBe('not_a_statement')
  })

  it.each(samples.filter(sample => isStatement(sample) && sample.readers_say.length === 0))(
    '$file holds no statement, and is refused',
    sample => {
      expect(refusalOf(read(sample))).toBe('no_statements')
    },
  )

  it.each(samples.filter(sample => isStatement(sample) && sample.readers_say.length > 0))(
    '$file is read as by independent readers',
    sample => {
      const { file, headers, verdicts, lines } = read(sample)
      expect(file).toMatchObject({ ok: true, statements: sample.readers_say.length })
      for (const [at, said] of sample.readers_say.entries()) {
        const verdict = verdicts[at]
        expect(headers[at]?.account).toBe(said.account)
        expect(verdict).toMatchObject({ entries: said.entries, bookedEntries: said.booked })
        const sums = (verdict?.totals ?? []).map(total => toDecimal(total.booked))
        if (said.entries > 0) expect(sums.map(plain)).toContain(plain(said.booked_sum))
        expect(verdict?.problems.length === 0).toBe(said.reconciles === true)
        if (said.reconciles)
          expect(verdict?.totals[0]?.opening && plain(toDecimal(verdict.totals[0].opening))).toBe(plain(said.opening ?? ''))
        const mine = lines.filter(line => line.statement === at + 1)
        expect(mine).toHaveLength(Math.max(said.txdetails, said.entries))
      }
    },
  )

  it('credit nothing: none of them names a reference of ours, and most do not add up', () => {
    for (const sample of samples) {
      const { lines, verdicts } = read(sample)
      expect([sample.file, lines.filter(line => verdicts.some(verdict => isCreditable(line, verdict)))]).toEqual([sample.file, []])
    }
  })
})
