import { camt053 } from './bank/camt053.ts'
import type { BankFileFormat } from './bank/format.ts'

/** The files of banks that OKPAY reads. To add one: one file in `bank/` and one line here. */
export const bankFiles = { camt053 } as const satisfies Record<string, BankFileFormat>
