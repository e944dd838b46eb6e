import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedPage } from '#contracts/service/feed.ts'
import type { DocumentFileWire, IdentityWire } from '#contracts/wire/identity.ts'
import { tidyIdentities } from '#service/features/identity/index.ts'
import { pdfOf } from '../support/pictures.ts'
import { call, get, registerHolder, startTestService, type TestHolder, type TestService } from '../support/service.ts'

const day = 86_400_000
const person =
  '<INDIVIDUAL><FIRST_NAME>IVAN</FIRST_NAME><SECOND_NAME>PETROV</SECOND_NAME><REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER></INDIVIDUAL>'

let folder = ''
let service: TestService
let photo: Buffer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-list-'))
  const sanctionsPath = join(folder, 'list.xml')
  writeFileSync(sanctionsPath, `<CONSOLIDATED_LIST dateGenerated="2026-11-01"><INDIVIDUALS>${person}</INDIVIDUALS></CONSOLIDATED_LIST>`)
  service = await startTestService({ config: { sanctionsPath, documentDays: 100 } })
  photo = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#9ab' } })
    .withExif({ IFD0: { ImageDescription: 'planted-secret' } })
    .jpeg()
    .toBuffer()
}, 60_000)
afterAll(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

const details = {
  ...{ name: 'Anna Maria Eriksson', latinName: '', bornOn: '1974-08-12', nationality: 'DE', country: 'SG' },
  ...{ street: '12 Tea Road', city: 'Singapore', postalCode: '' },
}
const passport = { kind: 'passport', country: 'DE', number: 'C01X00T47', endsOn: '2027-01-31', mrz: '' } as const
const financial = { occupation: 'employed', source: 'salary', monthly: '5000' } as const

const known = (holder: TestHolder) => get<IdentityWire>(service, '/v1/identity', { token: holder.token })
const stepOf = async (holder: TestHolder, step: string) => {
  const found = (await known(holder)).steps.find(one => one.step === step)
  if (!found) throw new Error('every step is told')
  return found
}

async function upload(holder: TestHolder, file: Uint8Array, step = 'document') {
  const response = await fetch(`${service.url}/v1/identity/documents?step=${step}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${holder.token}`, 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(file),
  })
  return { status: response.status, body: (await response.json()) as DocumentFileWire & { code: string } }
}

const operate = (path: string, body?: unknown) => call(service, `/v1/operator/identities${path}`, { token: service.operatorToken, body })
const answer = async (holder: TestHolder, step: string, given: unknown) =>
  operate(`/${holder.email}/answers`, { step, revision: (await stepOf(holder, step)).revision, answer: given })
const lines = async (object: string) =>
  (await service.ports.store.read(tx => tx.audit.page(0, 10_000)))
    .filter(line => line.object === object)
    .map(({ act, by }) => `${by} ${act}`)
const mailsOf = async ({ email }: TestHolder) => {
  const mails = await service.ports.store.read(tx => tx.mails.mailbox(1_000))
  return mails.filter(({ to }) => to === email).map(({ subject }) => subject)
}
const codeOf = ({ body }: { body: Record<string, unknown> }): unknown =>
  (body['decline'] as { code?: string } | undefined)?.code ?? body['code']

/** A holder whose details are verified. */
async function detailed(): Promise<TestHolder> {
  const holder = await registerHolder(service)
  await holder.does('identity.details', { revision: 0, details })
  return holder
}

describe('the ladder of identity', () => {
  it('leads from the e-mail to the finances; each step is told, in the feed, by mail and in the log', async () => {
    const ana = await registerHolder(service)
    expect(await known(ana)).toMatchObject({
      tier: 'email',
      details: null,
      files: [],
      steps: [{ state: 'needs_input', revision: 0 }, {}, {}],
    })
    expect(await ana.does('identity.details', { revision: 0, details })).toMatchObject({ ok: true, step: { state: 'verified' } })
    expect((await known(ana)).tier).toBe('details')

    const { body: file } = await upload(ana, photo)
    expect(file).toMatchObject({ pages: 1, kind: 'jpeg', isHandedIn: false })
    expect((await upload(ana, photo)).body.address).toBe(file.address)
    const handed = await ana.does('identity.document', { revision: 0, document: passport, files: [file.address] })
    expect(handed).toMatchObject({ ok: true, step: { state: 'in_review' } })
    expect((await operate('')).body).toMatchObject({ waiting: [{ email: ana.email, step: 'document', hits: 0 }], next: null })
    expect((await answer(ana, 'document', { what: 'ask', sentence: 'The back, please' })).status).toBe(200)
    expect(await stepOf(ana, 'document')).toMatchObject({ state: 'needs_input', sentence: 'The back, please' })
    await ana.does('identity.document', { revision: 2, document: passport, files: [file.address] })
    await answer(ana, 'document', { what: 'approve' })
    expect(await known(ana)).toMatchObject({ tier: 'document', steps: [{}, { state: 'verified', endsOn: '2027-01-31' }, {}] })

    const { body: payslip } = await upload(ana, pdfOf(['Payslip', 'Second page']), 'financial')
    expect(payslip).toMatchObject({ pages: 2, kind: 'pdf' })
    await ana.does('identity.financial', { revision: 0, financial, files: [payslip.address] })
    await answer(ana, 'financial', { what: 'approve' })
    expect((await known(ana)).tier).toBe('financial')
    expect((await service.ports.store.read(tx => tx.holders.find(ana.holderId)))?.tier).toBe('financial')

    const feed = await get<FeedPage>(service, '/v1/feed?after=0', { token: ana.token })
    expect(feed.rows.filter(({ event }) => event.type === 'identity')).toHaveLength(7)
    expect(await mailsOf(ana)).toHaveLength(9)
    expect((await lines(`holder:${ana.holderId}`)).slice(-2)).toEqual([
      `holder:${ana.holderId} identity.handed_in`,
      'operator identity.answered',
    ])
  })

  it('is rejected with a code and a sentence, and may be handed in again', async () => {
    const bo = await detailed()
    const { body: file } = await upload(bo, photo)
    await bo.does('identity.document', { revision: 0, document: passport, files: [file.address] })
    await answer(bo, 'document', { what: 'reject', code: 'unreadable', sentence: 'Too dark' })
    expect(await stepOf(bo, 'document')).toMatchObject({ state: 'rejected', code: 'unreadable', sentence: 'Too dark' })
    expect(codeOf(await answer(bo, 'document', { what: 'approve' }))).toBe('identity_not_in_review')
    expect(await bo.does('identity.document', { revision: 2, document: passport, files: [file.address] })).toMatchObject({ ok: true })
  })

  it('two devices that change the same step: the second one is told', async () => {
    const bo = await registerHolder(service)
    const both = await Promise.all([1, 2].map(() => bo.does('identity.details', { revision: 0, details })))
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both.find(({ ok }) => !ok)).toMatchObject({ decline: { code: 'identity_changed' } })
  })

  it('who says they are somebody else starts again above the details; another address changes nothing', async () => {
    const bo = await detailed()
    const { body: file } = await upload(bo, photo)
    await bo.does('identity.document', { revision: 0, document: passport, files: [file.address] })
    await answer(bo, 'document', { what: 'approve' })
    await bo.does('identity.details', { revision: 1, details: { ...details, city: 'Berlin' } })
    expect((await known(bo)).tier).toBe('document')
    await bo.does('identity.details', { revision: 2, details: { ...details, name: 'Berta Berg' } })
    expect(await known(bo)).toMatchObject({ tier: 'details', steps: [{}, { state: 'needs_input' }, {}] })
    await bo.does('identity.document', { revision: 3, document: passport, files: [file.address] })
    const keptUntil = async () => (await service.ports.store.read(tx => tx.documents.find(bo.holderId, file.address)))?.keptUntil
    expect(await keptUntil()).toBe(null)
    await bo.does('identity.details', { revision: 3, details: { ...details, name: 'Carla Berg' } })
    expect(await keptUntil()).toBe(service.ports.clock() + 100 * day)
  })

  it('a name like one on the sanctions list is looked at by a person, who hears of the list and the other does not', async () => {
    const ivan = await registerHolder(service)
    const like = { ...details, name: 'Иван Петров', latinName: 'Ivan Petrov' }
    expect(await ivan.does('identity.details', { revision: 0, details: like })).toMatchObject({ ok: true, step: { state: 'in_review' } })
    expect((await operate(`/${ivan.email}`)).body).toMatchObject({
      hits: [{ reference: 'TSi.001', name: 'IVAN PETROV', likeness: 100 }],
      listMadeOn: '2026-11-01',
    })
    expect(JSON.stringify(await known(ivan))).not.toContain('TSi')
    await answer(ivan, 'details', { what: 'approve' })
    expect((await known(ivan)).tier).toBe('details')
  })
})

describe('documents', () => {
  it('are seen by their owner and a reviewing operator alone, and each look is written down', async () => {
    const [ana, bo] = [await detailed(), await detailed()]
    const { body: file } = await upload(ana, photo)
    const path = `/documents/${file.address}/pages/0`
    const own = await get<{ jpeg: string }>(service, `/v1/identity${path}`, { token: ana.token })
    const page = Buffer.from(own.jpeg, 'base64')
    expect(await sharp(page).metadata()).toMatchObject({ format: 'jpeg', width: 600 })
    expect(page.includes('planted-secret')).toBe(false)
    expect((await call(service, `/v1/identity${path}`, { token: bo.token })).status).toBe(404)
    expect((await operate(`/${ana.email}${path}`)).status).toBe(404)
    await ana.does('identity.document', { revision: 0, document: passport, files: [file.address] })
    expect((await operate(`/${ana.email}${path}`)).body['jpeg']).toBe(own.jpeg)
    expect(codeOf(await call(service, `/v1/identity/documents/${file.address}`, { method: 'DELETE', token: ana.token }))).toBe('not_found')
    await answer(ana, 'document', { what: 'approve' })
    expect(codeOf(await operate(`/${ana.email}${path}`))).toBe('not_allowed')
    expect((await lines(`document:${file.address}`)).filter(line => line.includes(ana.holderId) || line.startsWith('operator'))).toEqual([
      ...[`holder:${ana.holderId} document.added`, `holder:${ana.holderId} document.seen`, 'operator document.seen'],
    ])
    const parts = await service.ports.store.read(tx => tx.documents.parts(ana.holderId, file.address))
    expect(Buffer.from(parts.join(''), 'base64url').includes(page.subarray(100, 200))).toBe(false)
  })

  it('of others, of another step, or none are not handed in', async () => {
    const [ana, bo] = [await detailed(), await detailed()]
    const { body: file } = await upload(ana, photo)
    expect(codeOf({ body: { ...(await bo.does('identity.document', { revision: 0, document: passport, files: [file.address] })) } })).toBe(
      'not_found',
    )
    expect(codeOf({ body: { ...(await ana.does('identity.document', { revision: 0, document: passport, files: [] })) } })).toBe(
      'documents_missing',
    )
    expect((await upload(ana, photo, 'financial')).body.code).toBe('document_used')
    const wrong = { ...passport, mrz: 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408123F1204159ZE184226B<<<<<10' }
    expect(await ana.does('identity.document', { revision: 0, document: wrong, files: [file.address] })).toMatchObject({
      decline: { code: 'mrz_invalid', detail: { field: 'bornOn' } },
    })
    expect(
      await ana.does('identity.document', { revision: 0, document: { ...passport, endsOn: '2026-11-21' }, files: [file.address] }),
    ).toMatchObject({
      decline: { code: 'document_ended' },
    })
  })

  it('each bad file has its own answer, and the service goes on', async () => {
    const bo = await detailed()
    const answers = []
    for (const file of [
      Buffer.alloc(0),
      Buffer.alloc(11 * 1024 * 1024),
      Buffer.from('<svg><script/></svg>'),
      photo.subarray(0, 400),
      pdfOf(['x']).subarray(0, 60),
    ])
      answers.push((await upload(bo, file)).body.code)
    expect(answers).toEqual(['document_empty', 'document_too_large', 'document_type', 'document_broken', 'document_broken'])
    expect((await known(bo)).files).toEqual([])
  })

  it('run out after their last day, and their pictures are deleted when their time is over', async () => {
    const bo = await detailed()
    const [{ body: file }, { body: left }] = [await upload(bo, photo), await upload(bo, pdfOf(['left']))]
    await bo.does('identity.document', { revision: 0, document: passport, files: [file.address] })
    await answer(bo, 'document', { what: 'approve' })
    const addresses = async () => (await known(bo)).files.map(({ address }) => address)
    service.moves(8 * day)
    await tidyIdentities(service.ports)
    expect(await addresses()).toEqual([file.address])
    service.moves(70 * day)
    await tidyIdentities(service.ports)
    expect(await known(bo)).toMatchObject({ tier: 'details', steps: [{}, { state: 'expired' }, {}] })
    service.moves(30 * day)
    await tidyIdentities(service.ports)
    expect(await addresses()).toEqual([])
    expect(await lines(`document:${left.address}`)).toContain('service document.deleted')
  })
})
