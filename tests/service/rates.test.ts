import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { referenceRates } from '#contracts/wire/shapes.ts'
import { systemAfter } from '#service/after.ts'
import { parseEcbDaily } from '#service/features/rates/ecbFeed.ts'
import { bundledRates, startRatesKeeper } from '#service/features/rates/ratesKeeper.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { eventually, realService } from './realService.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const codes = 'USD JPY CZK DKK GBP HUF PLN RON SEK CHF ISK NOK TRY AUD BRL CAD CNY HKD IDR ILS INR KRW'.split(' ')
const feed = (day = '2026-11-20', rows = codes.map(code => `<Cube currency='${code}' rate='1.2345'/>`).join('')) =>
  `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time='${day}'>${rows}</Cube></Cube></gesmes:Envelope>`

describe('the daily feed', () => {
  it('is read with its day and its decimals as they stand', () => {
    const rates = parseEcbDaily(feed(), now)
    expect(rates?.on).toBe('2026-11-20')
    expect(rates?.perEuro).toMatchObject({ USD: '1.2345', KRW: '1.2345' })
  })

  const row = (text: string) => feed('2026-11-20', codes.map(code => `<Cube currency='${code}' rate='1.2'/>`).join('') + text)
  it.each([
    ['that is empty', ''],
    ['that is not XML', 'hello'],
    ['that is cut', feed().slice(0, -40)],
    ['of another namespace', feed().replace('ecb.int', 'example.org')],
    ['with a document type', feed().replace('<gesmes', '<!DOCTYPE x><gesmes')],
    ['of the future', feed('2026-11-24')],
    ['of no day', feed('yesterday')],
    ['of two days', feed().replace('</Cube></Cube>', `</Cube><Cube time='2026-11-19'/></Cube>`)],
    ['of few currencies', feed('2026-11-20', `<Cube currency='USD' rate='1.1'/>`)],
    ['without the dollar', feed().replace(`'USD'`, `'XXX'`)],
    ['with a rate of zero', row(`<Cube currency='ZAR' rate='0.000'/>`)],
    ['with a negative rate', row(`<Cube currency='ZAR' rate='-1'/>`)],
    ['with an exponent', row(`<Cube currency='ZAR' rate='1e3'/>`)],
    ['with a currency twice', row(`<Cube currency='USD' rate='1.3'/>`)],
    ['with no currency code', row(`<Cube currency='rand' rate='1.3'/>`)],
  ])('%s is not taken', (_, xml) => {
    expect(parseEcbDaily(xml, now)).toBeUndefined()
  })

  const sample = resolve(import.meta.dirname, '../../../shared/samples/fx/eurofxref-daily.xml')
  it.skipIf(!existsSync(sample))('of the bank itself is read (skipped where ../shared/samples is not at hand)', () => {
    const rates = parseEcbDaily(readFileSync(sample, 'utf8'), now)
    expect(rates?.on).toBe('2018-06-11')
    expect(rates?.perEuro).toMatchObject({ USD: '1.1790', GBP: '0.88180', ZAR: '15.4991' })
  })
})

describe('the keeper of rates', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })
  async function bank(answer: (response: import('node:http').ServerResponse) => void): Promise<string> {
    server = createServer((_request, response) => answer(response))
    await new Promise<void>(done => server?.listen(0, '127.0.0.1', done))
    const address = server?.address() as AddressInfo
    return `http://127.0.0.1:${address.port}/eurofxref-daily.xml`
  }
  const book = () => openServiceStore({ path: ':memory:', key: null })
  const log = { info: () => undefined, error: () => undefined }

  it('has the dated copy at once, before anything else', async () => {
    const store = book()
    const keeper = startRatesKeeper({ store, clock: () => now, after: systemAfter, log, url: null })
    expect(referenceRates.parse(keeper.current())).toEqual(bundledRates)
    expect(bundledRates).toMatchObject({ origin: 'bundled', on: '2026-03-31', perEuro: { USD: '1.1498' } })
    await keeper.stop()
    await store.close()
  })

  it('takes the feed, and remembers it without the network', async () => {
    const store = book()
    const first = startRatesKeeper({ store, clock: () => now, after: systemAfter, log, url: await bank(response => response.end(feed())) })
    await eventually(() => expect(first.current()).toMatchObject({ origin: 'live', on: '2026-11-20' }))
    await first.stop()
    const second = startRatesKeeper({ store, clock: () => now, after: systemAfter, log, url: null })
    await eventually(() => expect(second.current()).toMatchObject({ origin: 'live', on: '2026-11-20' }))
    await second.stop()
    await store.close()
  })

  it.each([
    ['an older day', (response: import('node:http').ServerResponse) => response.end(feed('2026-01-02'))],
    ['garbage', (response: import('node:http').ServerResponse) => response.end('<html>')],
    ['an error', (response: import('node:http').ServerResponse) => response.writeHead(500).end()],
    ['another address', (response: import('node:http').ServerResponse) => response.writeHead(302, { location: '/' }).end()],
    ['a megabyte', (response: import('node:http').ServerResponse) => response.end(feed() + ' '.repeat(1_000_000))],
    ['half of it', (response: import('node:http').ServerResponse) => response.write(feed().slice(0, 900), () => response.destroy())],
  ])('keeps what it has where the bank answers with %s', async (_, answer) => {
    let asked = 0
    const url = await bank(response => {
      asked += 1
      answer(response)
    })
    const store = book()
    const keeper = startRatesKeeper({ store, clock: () => now, after: systemAfter, log, url })
    await eventually(() => expect(asked).toBe(1))
    await keeper.stop()
    expect(keeper.current()).toEqual(bundledRates)
    await store.close()
  })
})

it('the service tells the rates with their source and day', async () => {
  const service = await realService()
  const { body } = await service.call('GET', '/v1/rates')
  expect(body).toMatchObject({ source: 'ecb', origin: 'bundled', on: '2026-03-31' })
  await service.stop()
})
