import { parseIban } from '../iban.ts'

/** One form for one account: an IBAN in electronic form, any other identification without blanks. */
export const compactAccount = (text: string): string => parseIban(text) ?? text.replace(/\s/g, '').toUpperCase()
