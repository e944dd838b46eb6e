import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished } from 'vitest'
import { Ending } from '#service/program/exit.ts'
import { writeOperatorFile } from '#service/program/folders.ts'
import { identityCommands } from '#service/program/identityCommands.ts'
import { speak } from '#service/program/speech.ts'
import { secondToken } from '../support/service.ts'
import { okpay } from './okpay.ts'
import { newId, scenario, soon, type World } from './world.ts'

const details = {
  ...{ name: 'Lin Meihua', latinName: '', bornOn: '1990-05-01', nationality: 'DE', country: 'DE' },
  ...{ street: 'Teeweg 12', city: 'Berlin', postalCode: '10115' },
}
const passport = { kind: 'passport', country: 'DE', number: 'C01X00T47', endsOn: '2030-01-31', mrz: '' } as const

function folderOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `okpay-${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** `okpay-service identity ...` of the operator who is called `second`: what it prints, or the sentence in which it is refused. */
function operatorOf({ url, operatorToken }: World['service']) {
  const folder = folderOf('operator')
  writeOperatorFile(folder, { url, token: operatorToken, others: { second: secondToken } })
  return async (...words: readonly string[]): Promise<string> => {
    const said: string[] = []
    const desk = { folder, json: false, say: speak({ LANG: 'en_US.UTF-8' }), locale: 'en', as: 'second' } as const
    const done = identityCommands({ ...desk, print: line => said.push(line) }, words)
    if (!done) throw new Error(`no command: ${words.join(' ')}`)
    await done.catch((error: unknown) => {
      if (!(error instanceof Ending)) throw error
      said.push(error.message)
    })
    return said.join('\n')
  }
}

scenario('a person hands a passport in by the terminal, an operator asks, rejects and approves, and the limits grow', async world => {
  const { alice, service } = world
  const operator = operatorOf(service)
  const photo = join(folderOf('photo'), 'passport.jpg')
  writeFileSync(
    photo,
    await sharp({ create: { width: 600, height: 400, channels: 3, background: '#9ab' } })
      .jpeg()
      .toBuffer(),
  )
  const perDay = async () =>
    (await alice.get('limits.overview', {})).limits.find(({ kind, rail }) => kind === 'per_day' && rail === null)?.amount.value
  expect(await operator('queue')).toContain('identity waits')

  await alice.get('identity.details', { id: newId(), revision: 0, details })
  await soon(async () => expect(await perDay()).toBe('10000.00'))
  expect((await okpay(alice, 'identity')).said).toContain('You are verified by: Details')
  expect(await okpay(alice, 'identity', 'upload', 'document', '/nowhere')).toMatchObject({
    code: 2,
    said: expect.stringContaining('/nowhere'),
  })
  const added = await okpay(alice, 'identity', 'upload', 'document', photo, '--json')
  const { address } = JSON.parse(added.said)
  const hands = (revision: number) => alice.get('identity.document', { id: newId(), revision, document: passport, files: [address] })

  await hands(0)
  expect(await operator('queue')).toContain(`${alice.email}  document`)
  expect(await operator('show', alice.email)).toContain('C01X00T47')
  const pages = folderOf('pages')
  await operator('pages', alice.email, pages)
  const [page = ''] = readdirSync(pages)
  expect(await sharp(readFileSync(join(pages, page))).metadata()).toMatchObject({ format: 'jpeg', width: 600 })
  expect(statSync(join(pages, page)).mode & 0o077).toBe(0)

  await operator('ask', alice.email, 'document', 'The', 'back,', 'please')
  await soon(async () => expect((await okpay(alice, 'identity')).said).toContain('The back, please'))
  await hands(2)
  await operator('reject', alice.email, 'document', 'unreadable', 'Too', 'dark')
  await soon(async () => expect((await okpay(alice, 'identity')).said).toMatch(/The picture cannot be read.* Too dark/))
  await hands(4)
  expect(await operator('approve', alice.email, 'document')).toContain('verified by: Identity document')
  expect(await operator('approve', alice.email, 'document')).toContain('Nothing waits for an answer')
  expect(await operator('queue')).toContain('identity waits')

  await soon(async () => expect(await perDay()).toBe('25000.00'))
  expect(await alice.get('identity.overview', {})).toMatchObject({ tier: 'document' })
  const seen = (await service.ports.store.read(tx => tx.audit.page(0, 1_000))).filter(({ by }) => by === 'operator:second')
  expect(seen.map(({ act }) => act)).toEqual(['document.seen', ...Array(3).fill('identity.answered')])
})
