import { describe, expect, it } from 'vitest'
import { createFileReader } from '#core/rails/bank/format.ts'
import { statementProblemCodes, statementProblems } from '#core/rails/bank/problems.ts'
import { bankFiles } from '#core/rails/index.ts'
import { decodingFor } from './bank/reading.ts'

const deaf = { opened: () => undefined, line: () => undefined, closed: () => undefined }

describe.each(Object.entries(bankFiles))('the bank file format %s', (_, format) => {
  const endOf = (...pieces: readonly string[]) => {
    const reader = createFileReader(format, deaf, { decodingFor })
    for (const piece of pieces) reader.write(new TextEncoder().encode(piece))
    return reader.end()
  }

  it('has a title and file name endings', () => {
    expect(format.title).not.toBe('')
    expect(format.extensions.length).toBeGreaterThan(0)
  })

  it('refuses what is no such file with a problem of files', () => {
    for (const text of ['', 'hello', '<a/>', '\u0000\u0001', '{}']) {
      const end = endOf(text)
      if (end.ok) throw new Error(`read ${JSON.stringify(text)}`)
      expect(statementProblems[end.problem.code].of).toBe('file')
      expect(statementProblemCodes).toContain(end.problem.code)
    }
  })

  it('says the same again once it has refused, and reads no more', () => {
    const reader = createFileReader(format, deaf, { decodingFor })
    const bytes = new TextEncoder().encode('hello '.repeat(100))
    const first = reader.write(bytes)
    expect(first).toBeDefined()
    expect(reader.write(bytes)).toBe(first)
    expect(reader.end()).toEqual({ ok: false, problem: first })
  })
})
