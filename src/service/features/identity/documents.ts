import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { documentKind, documentLimits } from '#core/identity/file.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { RouteHandler, ServicePorts } from '../../ports.ts'
import { seal, sealingKey, unseal } from '../../sealing.ts'
import { fileWire } from './identityWire.ts'

const dayMs = 86_400_000
/** A file that was added and not handed in. */
const addedDays = 7
/** Of a part as it stands in the book. */
const partLength = 65_536

const keyOf = (tx: Tx, ports: ServicePorts): Promise<Buffer> => sealingKey(tx, ports, 'document_key', ports.config.documentKey)
const about = (holderId: string, address: string): string => `okpay.document.1\n${holderId}\n${address}`

/** Pages one after another, each behind its length. */
function packed(pages: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    pages.flatMap(page => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(page.length)
      return [length, page]
    }),
  )
}

function pageIn(pack: Buffer, wanted: number): Buffer | undefined {
  let at = 0
  for (let page = 0; at + 4 <= pack.length; page += 1) {
    const end = at + 4 + pack.readUInt32BE(at)
    if (page === wanted) return pack.subarray(at + 4, end)
    at = end
  }
  return undefined
}

const inParts = (text: string): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / partLength) }, (_, n) => text.slice(n * partLength, (n + 1) * partLength))

/** Reads no more than may be: one byte beyond it says that the file is too large. */
async function readFile(raw: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of raw) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > documentLimits.bytes) break
  }
  return Buffer.concat(chunks)
}

/** Adds a file to a step. The same file again is the one that is there. */
export const addDocument: RouteHandler<'addDocument'> = async (ports, { holder }, { step }, raw) => {
  if (!raw) return no('input_invalid', { field: 'body' })
  const bytes = await readFile(raw)
  const kind = documentKind(bytes)
  if (!kind.ok) return kind
  const pages = await ports.redraw({ bytes, kind: kind.value })
  if (!pages.ok) return pages
  const pack = packed(pages.value)
  const address = createHash('sha256').update(pack).digest('base64url')
  return ports.store.write(async tx => {
    // The holder first, as everywhere.
    if (!(await tx.holders.find(holder.id))) return no('not_signed_in')
    const there = await tx.documents.find(holder.id, address)
    if (there) return there.step === step ? ok(fileWire(there)) : no('document_used')
    const added = (await tx.documents.ofHolder(holder.id)).filter(one => one.step === step && one.state === 'added')
    if (added.length >= documentLimits.files) return no('documents_full', { files: String(documentLimits.files) })
    const now = ports.clock()
    const times = { addedAt: now, keptUntil: now + addedDays * dayMs, state: 'added' } as const
    const document = { holderId: holder.id, address, step, pages: pages.value.length, kind: kind.value, bytes: pack.length, ...times }
    const sealed = seal(await keyOf(tx, ports), ports, about(holder.id, address), pack)
    await tx.documents.add(document, inParts(sealed))
    await tx.audit.append({ at: now, by: `holder:${holder.id}`, act: 'document.added', object: `document:${address}`, detail: { step } })
    return ok(fileWire(document))
  })
}

export const removeDocument: RouteHandler<'removeDocument'> = (ports, { holder }, { address }) =>
  ports.store.write(async tx => {
    if (!(await tx.holders.find(holder.id))) return no('not_signed_in')
    const document = await tx.documents.find(holder.id, address)
    if (document?.state !== 'added') return no('not_found')
    await tx.documents.remove(holder.id, address)
    const object = `document:${address}`
    await tx.audit.append({ at: ports.clock(), by: `holder:${holder.id}`, act: 'document.removed', object, detail: {} })
    return ok({ removed: true })
  })

/** A page for who may see it; that it was seen is a line of the audit log. Decline: not_found. */
export async function pageFor(
  tx: Tx,
  ports: ServicePorts,
  wanted: { readonly holderId: string; readonly address: string; readonly page: number; readonly by: string },
): Promise<Outcome<{ jpeg: string }>> {
  const { holderId, address, page, by } = wanted
  const document = await tx.documents.find(holderId, address)
  if (!document || page >= document.pages) return no('not_found')
  const sealed = (await tx.documents.parts(holderId, address)).join('')
  const jpeg = pageIn(unseal(await keyOf(tx, ports), about(holderId, address), sealed), page)
  if (!jpeg) throw new Fault('database_damaged', { cause: new Error('a page of a document is missing') })
  const detail = { holder: holderId, page: String(page) }
  await tx.audit.append({ at: ports.clock(), by, act: 'document.seen', object: `document:${address}`, detail })
  return ok({ jpeg: jpeg.toString('base64') })
}

export const documentPage: RouteHandler<'documentPage'> = (ports, { holder }, { address, page }) =>
  ports.store.write(tx => pageFor(tx, ports, { holderId: holder.id, address, page, by: `holder:${holder.id}` }))

/** From the answer on a document is kept for as long as the law asks. */
export async function keepFrom(tx: Tx, ports: ServicePorts, holderId: string, files: readonly string[], now: number): Promise<void> {
  const keptUntil = now + ports.config.documentDays * dayMs
  for (const address of files) await tx.documents.change({ holderId, address, state: 'handed_in', keptUntil })
}
