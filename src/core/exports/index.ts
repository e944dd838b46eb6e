import { csv } from './csv.ts'
import type { ExportFormat } from './format.ts'
import { hledger } from './hledger.ts'

/** The formats of a statement. To add one: one file, one line here; the conformance tests loop over them. */
export const formats = { csv, hledger } as const satisfies Record<string, ExportFormat>

export type FormatName = keyof typeof formats

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name)
