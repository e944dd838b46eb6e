import { journal } from './journal.ts'

/** For Ledger 3 (ledger-cli.org, "Command Directives"). */
export const ledger = journal((currency, sample) => `commodity ${currency}\n    format ${sample.replace(/\.$/, '')}`)
