import { createDecoder, type DecodingFor } from './encoding.ts'
import type { FileProblem } from './problems.ts'
import type { BankFileReader, StatementSink } from './statement.ts'

export type ReaderOptions = {
  /** A collision-resistant digest, to remember less of each line. */
  readonly digest?: (text: string) => string
}

/** A kind of file in which banks tell what was booked. */
export type BankFileFormat = {
  /** How people call it; the same in every language. */
  readonly title: string
  /** Endings of file names, for file choosers. */
  readonly extensions: readonly string[]
  readonly createReader: (sink: StatementSink, options?: ReaderOptions) => BankFileReader<string>
}

/** Reads a bank's file from its bytes, in pieces of any size: the encoding is found, then the format's own reader reads the text. */
export function createFileReader(
  format: BankFileFormat,
  sink: StatementSink,
  { decodingFor, ...options }: ReaderOptions & { readonly decodingFor: DecodingFor },
): BankFileReader<Uint8Array> {
  const decoder = createDecoder(decodingFor)
  const reader = format.createReader(sink, options)
  let refusal: FileProblem | undefined

  const pass = (decoded: string | FileProblem): FileProblem | undefined => {
    refusal ??= typeof decoded === 'string' ? reader.write(decoded) : decoded
    return refusal
  }
  return {
    write: piece => refusal ?? pass(decoder.write(piece)),
    end() {
      const problem = refusal ?? pass(decoder.end())
      return problem ? { ok: false, problem } : reader.end()
    },
  }
}
