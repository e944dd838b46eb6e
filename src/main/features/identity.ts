import { no, ok } from '#core/failure/outcome.ts'
import { documentKind, documentLimits } from '#core/identity/file.ts'
import { mismatches } from '#core/identity/mismatch.ts'
import { readMrz } from '#core/identity/mrz.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clock } from '../ports.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'

/** A file on its way from the window: in memory alone, gone when it is uploaded, when another begins or when the wallet locks. */
type Incoming = { readonly fileId: string; readonly parts: Buffer[]; bytes: number }

/** An upload of ten megabytes and drawing ten pages take longer than other calls. */
const uploadMs = 90_000

async function threeLettersOf(): Promise<(alpha2: string) => string | undefined> {
  const codes = await import('i18n-iso-countries/codes.json', { with: { type: 'json' } })
  const letters = new Map(codes.default.map(([alpha2 = '', alpha3 = '']) => [alpha2, alpha3]))
  return alpha2 => letters.get(alpha2)
}

/** Who the person is: what the service knows is asked for anew each time, and nothing of it is kept here. */
export function identityFeature({ account, clock }: { readonly account: SignedIn; readonly clock: Clock }): Feature<'identity'> {
  let incoming: Incoming | undefined
  return {
    overview: () => account.call('identity', {}),
    async details({ id, ...body }) {
      return resultOf(await account.command(id, 'identity.details', body), answer => answer.step)
    },
    async filePart({ fileId, index, content }) {
      if (index === 0) incoming = { fileId, parts: [], bytes: 0 }
      if (incoming?.fileId !== fileId || incoming.parts.length !== index) return no('not_found')
      const part = Buffer.from(content, 'base64')
      incoming.parts.push(part)
      incoming.bytes += part.length
      const { bytes } = incoming
      if (bytes <= documentLimits.bytes) return ok({ bytes })
      incoming = undefined
      return no('document_too_large', { megabytes: String(documentLimits.bytes / 1024 / 1024) })
    },
    async upload({ fileId, step }) {
      if (incoming?.fileId !== fileId) return no('not_found')
      const file = Buffer.concat(incoming.parts)
      incoming = undefined
      const kind = documentKind(file)
      return kind.ok ? account.call('addDocument', { step }, { file, timeoutMs: uploadMs }) : kind
    },
    removeFile: ({ address }) => account.call('removeDocument', { address }),
    page: wanted => account.call('documentPage', wanted),
    async checkMrz({ document }) {
      const read = readMrz(document.mrz, clock.now())
      if (!read.ok) return read
      const { number, surname, givenNames, bornOn, endsOn, nationality, issuer } = read.value
      const known = await account.call('identity', {})
      if (!known.ok) return known
      const { details } = known.value
      const differing = details ? mismatches({ ...details, ...document }, read.value, await threeLettersOf()) : []
      return ok({ number, surname, givenNames, bornOn, endsOn, nationality, issuer, mismatches: [...differing] })
    },
    async document({ id, ...body }) {
      return resultOf(await account.command(id, 'identity.document', body), answer => answer.step)
    },
    async financial({ id, ...body }) {
      return resultOf(await account.command(id, 'identity.financial', body), answer => answer.step)
    },
  }
}
