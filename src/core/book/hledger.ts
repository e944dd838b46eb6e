import { journal } from './journal.ts'

/** For hledger 1.25 and later (hledger.org, "Journal format"). */
export const hledger = journal((_currency, sample) => `commodity ${sample}`)
