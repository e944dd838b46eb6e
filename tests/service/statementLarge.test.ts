import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { statementOf, transfer } from './bankFile.ts'
import { operatorToken, realService, registered } from './realService.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes that are alive: what nobody holds any more is collected first. */
function alive(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Sends pieces as the service takes them. */
async function upload(url: string, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/octet-stream' }
  const sent = request(`${url}/v1/operator/statements?file=big.xml`, { method: 'POST', headers })
  const answered = new Promise<string>((resolve, reject) => {
    sent.on('response', answer => resolve(text(answer)))
    sent.on('error', reject)
  })
  await pipeline(pieces, sent)
  return answered
}

it('a file of 100 MB is imported in memory that does not grow with it, and credited once', { timeout: 300_000 }, async () => {
  const service = await realService()
  const person = await registered(service)
  const topUp = await person.topsUp('EUR', '1.00')
  const words = `<Ustrd>${'x'.repeat(130)}</Ustrd>`
  const entries = Array.from({ length: 100 }, (_, n) => transfer('1.00', n === 0 ? topUp.reference : undefined, { text: 'words' }))
  const xml = statementOf(service, entries).replaceAll('<Ustrd>words</Ustrd>', words.repeat(20))
  const [head = '', statement = '', tail = ''] = xml.split(/(?=<Stmt>)|(?<=<\/Stmt>)/)
  const copies = Math.ceil(100_000_000 / statement.length)
  const looks: number[] = []
  async function* file() {
    yield Buffer.from(head)
    for (let copy = 0; copy < copies; copy += 1) {
      yield Buffer.from(statement.replaceAll('TEST-', `TEST-${copy}-`))
      if (copy % Math.ceil(copies / 10) === 1) looks.push(alive())
    }
    yield Buffer.from(tail)
  }
  const body = JSON.parse(await upload(service.url, file()))
  expect(body.bytes).toBeGreaterThan(100_000_000)
  expect(body).toMatchObject({ refused: null, credited: copies, waiting: copies * 99 })
  const account = await service.ports.store.read(tx => tx.ledger.account(`holder:${person.holderId}:EUR`))
  expect(account).toMatchObject({ posted: BigInt(copies) * 100n })
  const [, early = 0] = looks
  expect(looks.length).toBeGreaterThan(5)
  expect(Math.max(...looks.slice(2)) - early).toBeLessThan(20_000_000)
  await service.stop()
})
