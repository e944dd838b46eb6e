import { describe, expect, it } from 'vitest'
import { amount } from '#core/money/amount.ts'
import { createFileReader } from '#core/rails/bank/format.ts'
import { isCreditable, type StatementLine } from '#core/rails/bank/statement.ts'
import { bankFiles } from '#core/rails/index.ts'
import { balance, decodingFor, digest, entry, paid } from './reading.ts'

const hundredMegabytes = 100_000_000

/** A statement of 100 MB, made while it is read: it exists nowhere whole. */
function* hugeFile(entries: number): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  const account = '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>'
  const closing = `${entries}.00`
  yield encoder.encode(
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S</Id>${account}${balance('OPBD', '0.00')}${balance('CLBD', closing)}`,
  )
  for (let at = 0; at < entries; at += 100) {
    const some = Array.from({ length: 100 }, (_, more) => entryNumber(at + more))
    yield encoder.encode(some.join('\n'))
  }
  yield encoder.encode('</Stmt></BkToCstmrStmt></Document>')
}

const entryNumber = (at: number): string =>
  entry({ value: '1.00', ref: `B${at}`, details: paid(`${'payment for goods received, '.repeat(16)} RF18 5390 0754 7034`) })

describe('a bank file of 100 MB', () => {
  it('is read whole in memory that does not grow with it', { timeout: 120_000 }, () => {
    const entries = Math.ceil(hundredMegabytes / entryNumber(100_000).length / 100) * 100
    let credited = 0n
    let last: StatementLine | undefined
    let trusted = false
    const sink = {
      opened: () => undefined,
      line: (line: StatementLine) => {
        last = line
        if (line.problems.length === 0) credited += line.amount?.minor ?? 0n
      },
      closed: (verdict: Parameters<typeof isCreditable>[1]) => {
        trusted = last !== undefined && isCreditable(last, verdict)
      },
    }
    const reader = createFileReader(bankFiles.camt053, sink, { decodingFor, digest })
    const before = process.memoryUsage()
    let most = 0
    let bytes = 0
    let pieces = 0
    for (const piece of hugeFile(entries)) {
      expect(reader.write(piece)).toBeUndefined()
      bytes += piece.length
      pieces += 1
      if (pieces % 50 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before.heapUsed)
    }
    expect(reader.end()).toEqual({ ok: true, format: 'camt053', statements: 1, lines: entries })
    expect(bytes).toBeGreaterThan(hundredMegabytes)
    expect(amount('EUR', credited)).toEqual(amount('EUR', BigInt(entries) * 100n))
    expect(trusted).toBe(true)
    expect(most).toBeLessThan(150_000_000)
  })

  it('is refused early where it is one endless element', () => {
    const reader = createFileReader(
      bankFiles.camt053,
      { opened: () => undefined, line: () => undefined, closed: () => undefined },
      { decodingFor },
    )
    const filler = new TextEncoder().encode('x'.repeat(1_000_000))
    reader.write(new TextEncoder().encode('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>'))
    let pieces = 0
    while (reader.write(filler) === undefined) pieces += 1
    expect(pieces).toBeLessThan(5)
  })
})
