import { no, type Outcome, ok } from '../failure/outcome.ts'
import { type Amount, parseDecimal, toDecimal } from '../money/amount.ts'
import { isIban } from './iban.ts'
import { type CreditorReference, isReference } from './reference.ts'

/** A SEPA credit transfer that a banking app fills in from a QR code. Either a structured reference or a text, never both. */
export type EpcTransfer = {
  readonly name: string
  readonly iban: string
  readonly bic?: string
  readonly amount: Amount<'EUR'>
  /** ISO 20022 external purpose code, such as `OTHR`. */
  readonly purpose?: string
  readonly reference?: CreditorReference
  readonly text?: string
  /** A word to the payer, which does not travel with the transfer. */
  readonly information?: string
}

const bicPattern = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/
const purposePattern = /^[A-Z0-9]{1,4}$/
const least = 1n
const most = 99_999_999_999n
/** EPC069-12: at most 331 bytes, so that a code of version 13 with error correction M holds it. */
const mostBytes = 331

/** Bytes of the text in UTF-8; core has no TextEncoder. */
function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

const isLine = (text: string, most: number): boolean => {
  const length = [...text].length
  return length >= 1 && length <= most && !/\p{Cc}/u.test(text) && text.trim() === text
}

function demand(claim: boolean, what: string): void {
  if (!claim) throw new TypeError(`EPC069-12: ${what}`)
}

/**
 * The text inside an EPC QR code: version 002, UTF-8, SCT. Draw it with error correction M and no more than version 13.
 * @returns `amount_invalid` where the amount is not within EUR 0.01 to 999999999.99.
 * @throws TypeError where the payee's own data break the standard: they are configured, not typed by the person.
 * Source: EPC069-12 v2.1, Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA Credit Transfer.
 */
export function epcPayload(transfer: EpcTransfer): Outcome<string> {
  const { name, iban, bic = '', amount, purpose = '', reference = '', text = '', information = '' } = transfer
  demand(isLine(name, 70), 'the name has 1 to 70 characters on one line')
  demand(isIban(iban), 'the account is an IBAN')
  demand(bic === '' || bicPattern.test(bic), 'the BIC has 8 or 11 characters')
  demand(purpose === '' || purposePattern.test(purpose), 'the purpose has 1 to 4 characters')
  demand(reference === '' || isReference(reference), 'the reference is an ISO 11649 one')
  demand(text === '' || isLine(text, 140), 'the text has at most 140 characters on one line')
  demand(reference === '' || text === '', 'a reference or a text, not both')
  demand(information === '' || isLine(information, 70), 'the information has at most 70 characters on one line')
  demand(amount.currency === 'EUR', 'the amount is in euro')
  if (amount.minor < least || amount.minor > most) return no('amount_invalid', { min: '0.01', max: '999999999.99', currency: 'EUR' })
  const lines = ['BCD', '002', '1', 'SCT', bic, name, iban, `EUR${toDecimal(amount)}`, purpose, reference, text, information]
  const payload = lines.join('\n').replace(/\n{1,9}$/, '')
  demand(utf8Length(payload) <= mostBytes, `the payload has at most ${mostBytes} bytes`)
  return ok(payload)
}

/** Reads such a payload (versions 001 and 002 in UTF-8, LF or CR LF, an amount given); undefined where it is none. The inverse of {@link epcPayload}. */
export function readEpcPayload(payload: string): EpcTransfer | undefined {
  if (utf8Length(payload) > mostBytes) return undefined
  const [
    tag,
    version,
    charset,
    kind,
    bic = '',
    name = '',
    iban = '',
    money = '',
    purpose = '',
    reference = '',
    text = '',
    information = '',
    more,
  ] = payload.split(/\r?\n/)
  if (tag !== 'BCD' || (version !== '001' && version !== '002') || charset !== '1' || kind !== 'SCT' || more !== undefined) return undefined
  const amount = money.startsWith('EUR') ? parseDecimal('EUR', money.slice(3)) : undefined
  if (!amount || (reference !== '' && !isReference(reference))) return undefined
  const transfer: EpcTransfer = {
    name,
    iban,
    amount,
    ...(bic && { bic }),
    ...(purpose && { purpose }),
    ...(isReference(reference) && { reference }),
    ...(text && { text }),
    ...(information && { information }),
  }
  return isWritable(transfer) ? transfer : undefined
}

function isWritable(transfer: EpcTransfer): boolean {
  try {
    return epcPayload(transfer).ok
  } catch {
    return false
  }
}
