import { z } from 'zod'
import { documentAddress, documentFile, identity, identityStep, rejectCode } from '../wire/identity.ts'
import { email, id, instant } from '../wire/scalars.ts'
import { route } from './route.ts'

/** A page of a document as a JPEG. */
const page = z.strictObject({ jpeg: z.base64() })
const pageNumber = z.coerce.number().int().min(0).max(99)

/** An entry of the sanctions list that is called alike. */
const hit = z.strictObject({ reference: z.string(), name: z.string(), likeness: z.number().int(), bornIn: z.array(z.string()) })

const queued = z.strictObject({
  holderId: id,
  email,
  step: identityStep,
  since: instant,
  revision: z.number().int(),
  hits: z.number().int(),
})

export const identityRoutes = {
  identity: route({
    method: 'GET',
    path: '/v1/identity',
    caller: 'session',
    input: z.strictObject({}),
    output: identity,
    summary: 'How well the holder is known: each step, what was handed in, and what is missing',
  }),
  /**
   * The file is the raw body (`application/octet-stream`). Declines: document_empty, document_too_large, document_heic, document_type, document_two_files,
   * documents_full, document_too_many_pixels, document_too_many_pages, document_password, document_broken.
   */
  addDocument: route({
    method: 'POST',
    path: '/v1/identity/documents',
    caller: 'session',
    input: z.strictObject({ step: z.enum(['document', 'financial']) }),
    output: documentFile,
    summary: 'Add a JPEG, PNG or PDF to a step; it is drawn anew, sealed, and deleted after a week where it is not handed in',
  }),
  /** Declines: not_found (also what was handed in). */
  removeDocument: route({
    method: 'DELETE',
    path: '/v1/identity/documents/{address}',
    caller: 'session',
    input: z.strictObject({ address: documentAddress }),
    output: z.strictObject({ removed: z.literal(true) }),
    summary: 'Delete a file that was not handed in',
  }),
  documentPage: route({
    method: 'GET',
    path: '/v1/identity/documents/{address}/pages/{page}',
    caller: 'session',
    input: z.strictObject({ address: documentAddress, page: pageNumber }),
    output: page,
    summary: 'A page of an own document; each look is a line of the audit log',
  }),
  identityQueue: route({
    method: 'GET',
    path: '/v1/operator/identities',
    caller: 'operator',
    input: z.strictObject({ after: z.string().max(200).default('') }),
    output: z.strictObject({ waiting: z.array(queued), next: z.string().nullable() }),
    summary: 'Steps that wait for an answer, the longest waiting first',
  }),
  identityOf: route({
    method: 'GET',
    path: '/v1/operator/identities/{email}',
    caller: 'operator',
    input: z.strictObject({ email }),
    output: z.strictObject({ holderId: id, identity, hits: z.array(hit), listMadeOn: z.string().nullable() }),
    summary: 'What a holder typed beside what their documents say, and who on the sanctions list is called alike',
  }),
  /** Declines: not_found, not_allowed (nothing of this holder is in review). */
  identityPage: route({
    method: 'GET',
    path: '/v1/operator/identities/{email}/documents/{address}/pages/{page}',
    caller: 'operator',
    input: z.strictObject({ email, address: documentAddress, page: pageNumber }),
    output: page,
    summary: 'A page of a document of a step that is in review; each look is a line of the audit log',
  }),
  /** Declines: not_found, identity_changed, identity_not_in_review. */
  answerIdentity: route({
    method: 'POST',
    path: '/v1/operator/identities/{email}/answers',
    caller: 'operator',
    input: z.strictObject({
      email,
      step: identityStep,
      revision: z.number().int(),
      answer: z.discriminatedUnion('what', [
        z.strictObject({ what: z.literal('approve') }),
        z.strictObject({ what: z.literal('reject'), code: rejectCode, sentence: z.string().max(1_000) }),
        z.strictObject({ what: z.literal('ask'), sentence: z.string().trim().min(1).max(1_000) }),
      ]),
    }),
    output: identity,
    summary: 'Approve a step, reject it with a code and a sentence, or ask for more; the person is told in the app and by mail',
  }),
}
