import { z } from 'zod'
import {
  documentAddress,
  documentDetails,
  documentFile,
  financialDetails,
  mismatch,
  personDetails,
  identity as standing,
  stepStanding,
} from '../wire/identity.ts'
import { read, write } from '../wire/method.ts'
import { id } from '../wire/scalars.ts'

const nothing = z.strictObject({})
const revision = z.number().int().nonnegative()
const files = z.array(documentAddress).max(20)

/** What a machine-readable zone says, and where it differs from what was typed. */
const zone = z.strictObject({
  number: z.string(),
  surname: z.string(),
  givenNames: z.string(),
  bornOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  nationality: z.string(),
  issuer: z.string(),
  mismatches: z.array(mismatch),
})

/** Who the person is. Asks the service: its faults. */
export const identity = {
  overview: read({ input: nothing, output: standing, when: 'signed_in' }),
  /** Declines: name_invalid, latin_name_missing, birth_date_invalid, identity_too_young, country_unknown, address_invalid, identity_changed, identity_in_review. */
  details: write({ input: z.strictObject({ id, revision, details: personDetails }), output: stepStanding, when: 'signed_in' }),
  /**
   * A part of a file, in base64, in order and each up to 45,000 bytes; the first one (`index` 0) begins it, and one file is kept at a time until it is uploaded.
   * Declines: not_found (not the next part), document_too_large.
   */
  filePart: write({
    input: z.strictObject({ fileId: id, index: z.number().int().nonnegative(), content: z.base64().max(60_000) }),
    output: z.strictObject({ bytes: z.number().int() }),
    when: 'signed_in',
  }),
  /** Sends the file whose parts are here. Declines: not_found, document_*, documents_full. */
  upload: write({
    input: z.strictObject({ fileId: id, step: z.enum(['document', 'financial']) }),
    output: documentFile,
    when: 'signed_in',
  }),
  /** Decline: not_found (also what was handed in). */
  removeFile: write({
    input: z.strictObject({ address: documentAddress }),
    output: z.strictObject({ removed: z.literal(true) }),
    when: 'signed_in',
  }),
  /** A page as a JPEG in base64. Decline: not_found. */
  page: read({
    input: z.strictObject({ address: documentAddress, page: z.number().int().nonnegative().max(99) }),
    output: z.strictObject({ jpeg: z.string() }),
    when: 'signed_in',
  }),
  /** Checks the lines at the foot of a document here, before anything is sent. Decline: mrz_invalid. */
  checkMrz: read({ input: z.strictObject({ document: documentDetails }), output: zone, when: 'signed_in' }),
  /** Declines: country_unknown, document_number_invalid, document_ended, mrz_invalid, documents_missing, not_found, and those of a step. */
  document: write({ input: z.strictObject({ id, revision, document: documentDetails, files }), output: stepStanding, when: 'signed_in' }),
  financial: write({
    input: z.strictObject({ id, revision, financial: financialDetails, files }),
    output: stepStanding,
    when: 'signed_in',
  }),
}
