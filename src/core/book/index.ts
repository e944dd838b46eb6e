import { beancount } from './beancount.ts'
import type { BookFormat } from './format.ts'
import { hledger } from './hledger.ts'
import { ledger } from './ledger.ts'

/** The formats of the whole book. To add one: one file, one line here. */
export const bookFormats = { hledger, ledger, beancount } as const satisfies Record<string, BookFormat>

export type BookFormatName = keyof typeof bookFormats

export const isBookFormatName = (name: string): name is BookFormatName => Object.hasOwn(bookFormats, name)
