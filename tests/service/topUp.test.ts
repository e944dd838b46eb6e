import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currencyCodes } from '#core/money/currencies/index.ts'
import { readEpcPayload } from '#core/rails/epcQr.ts'
import { isIban } from '#core/rails/iban.ts'
import { isReference } from '#core/rails/reference.ts'
import { parseReceivingAccounts, receivingAccounts } from '#service/features/topUp/receivingAccounts.ts'
import { expireTopUps } from '#service/features/topUp/topUpFeature.ts'
import { statementOf, transfer } from './bankFile.ts'
import { newId, type RealService, realService, registered } from './realService.ts'

let service: RealService
beforeAll(async () => {
  service = await realService()
})
afterAll(() => service.stop())

const declined = (code: string, detail = {}) =>
  expect.objectContaining({ ok: false, decline: { code, detail: expect.objectContaining(detail) } })

describe('a top-up by bank', () => {
  it('names an account, a reference of its own, a text for the banking app and a day', async () => {
    const ana = await registered(service)
    const topUp = await ana.topsUp('EUR', '50.00')
    expect(topUp).toMatchObject({
      state: 'instructed',
      fee: { value: '0.00' },
      credited: null,
      problem: null,
      instructions: { scheme: 'SEPA' },
    })
    expect(isReference(topUp.reference)).toBe(true)
    const scanned = readEpcPayload(topUp.instructions.epcPayload ?? '')
    expect(scanned).toMatchObject({ iban: topUp.instructions.account, reference: topUp.reference, amount: { minor: 5000n } })
    expect(Date.parse(topUp.expectedBy)).toBeGreaterThan(service.now())
    expect(topUp.timeline).toHaveLength(1)
    expect(await ana.topUp(topUp.id)).toEqual(topUp)
  })

  it('has no text for the banking app where the currency is not the euro', async () => {
    const ana = await registered(service)
    const topUp = await ana.topsUp('KWD', '12.405')
    expect(topUp.instructions.epcPayload).toBeNull()
    expect(isIban(topUp.instructions.account)).toBe(true)
  })

  it('is the same for the same id, and never shares a reference with another', async () => {
    const ana = await registered(service)
    await ana.command('currencies.open', { currencies: ['EUR'] })
    const id = newId()
    const [first, second] = [
      await ana.command('top_up.create', { amount: { currency: 'EUR', value: '5' } }, id),
      await ana.command('top_up.create', { amount: { currency: 'EUR', value: '5' } }, id),
    ]
    expect(second).toEqual(first)
    const other = await ana.topsUp('EUR', '5')
    expect(first.ok && first.topUp?.reference !== other.reference).toBe(true)
  })

  it('is refused in a currency that has no account, is not offered, or beyond the bounds', async () => {
    const ana = await registered(service)
    const wish = (currency: 'EUR' | 'USD' | 'ETH', value: string) => ana.command('top_up.create', { amount: { currency, value } })
    await ana.command('currencies.open', { currencies: ['EUR', 'ETH'] })
    expect(await wish('ETH', '1')).toEqual(declined('currency_not_offered', { currency: 'ETH' }))
    expect(await wish('USD', '10')).toEqual(declined('currency_not_held', { currency: 'USD' }))
    expect(await wish('EUR', '0.99')).toEqual(declined('amount_invalid', { min: '1.00', max: '100000.00', currency: 'EUR' }))
    expect(await wish('EUR', '100000.01')).toEqual(declined('amount_invalid'))
  })

  it('can be cancelled until money is seen, by its holder alone', async () => {
    const [ana, bo] = [await registered(service), await registered(service)]
    const topUp = await ana.topsUp('EUR', '50.00')
    expect(await bo.command('top_up.cancel', { topUpId: topUp.id })).toEqual(declined('not_found'))
    expect(await ana.command('top_up.cancel', { topUpId: topUp.id })).toMatchObject({ ok: true, topUp: { state: 'cancelled' } })
    expect(await ana.command('top_up.cancel', { topUpId: topUp.id })).toMatchObject({ ok: true, topUp: { state: 'cancelled' } })
    const paid = await ana.topsUp('EUR', '10.00')
    await service.importFile('a.xml', statementOf(service, [transfer('10.00', paid.reference)]))
    expect(await ana.command('top_up.cancel', { topUpId: paid.id })).toEqual(declined('top_up_finished'))
  })

  it('expires after 30 days, and the holder is told; money that comes later waits', async () => {
    const late = await realService()
    const ana = await registered(late)
    const topUp = await ana.topsUp('EUR', '50.00')
    late.moves(30 * 86_400_000 + 1)
    await expireTopUps(late.ports)
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'expired', timeline: [{ state: 'instructed' }, { state: 'expired' }] })
    const { body } = await late.importFile('a.xml', statementOf(late, [transfer('50.00', topUp.reference)]))
    expect(body).toMatchObject({ credited: 0, waiting: 1, entries: [{ problem: 'top_up_finished' }] })
    expect(await ana.balance('EUR')).toBe('0.00')
    await late.stop()
  })

  it('is offered in every currency of countries, with bounds and scheme', async () => {
    const ana = await registered(service)
    const { body } = await service.call('GET', '/v1/top-up-offer', undefined, ana.token)
    expect(body.currencies.length).toBeGreaterThanOrEqual(30)
    expect(body.currencies.find((of: { currency: string }) => of.currency === 'EUR')).toEqual({
      currency: 'EUR',
      minimum: { currency: 'EUR', value: '1.00' },
      maximum: { currency: 'EUR', value: '100000.00' },
      scheme: 'SEPA',
    })
  })
})

describe('the accounts of the simulated bank', () => {
  it('are one for each currency of countries, with valid IBANs where they look like such', () => {
    const accounts = receivingAccounts(service.ports.config)
    expect(accounts.map(of => of.currency).sort()).toEqual(
      currencyCodes.filter(code => !['BTC', 'ETH', 'USDC', 'USDT'].includes(code)).sort(),
    )
    const written = accounts.map(of => of.account).filter(account => /^[A-Z]{2}[0-9]{2}/.test(account))
    expect(written.length).toBeGreaterThanOrEqual(16)
    expect(written.filter(account => !isIban(account))).toEqual([])
  })

  const euro = {
    currency: 'EUR',
    scheme: 'SEPA',
    accountHolder: 'X',
    bic: '',
    bankName: 'B',
    minimum: '1',
    maximum: '2',
    arrival: { hours: 1 },
  }
  const good = { ...euro, account: 'DE89370400440532013000' }
  it('may be given by an operator', () => {
    expect(parseReceivingAccounts({ accounts: [good] })).toHaveLength(1)
  })

  it.each([
    [{ accounts: [{ ...good, account: '12345678' }] }],
    [{ accounts: [{ ...good, minimum: '3' }] }],
    [{ accounts: [{ ...good, minimum: '0' }] }],
    [{ accounts: [good, good] }],
    [{ accounts: [{ currency: 'EUR' }] }],
    [{ accounts: 'none' }],
    [{}],
  ])('an operator’s file like %j is refused', json => {
    expect(() => parseReceivingAccounts(json)).toThrow()
  })

  it('of a real service are none where the operator gave none', async () => {
    const real = await realService({ config: { sandbox: false } })
    expect(receivingAccounts(real.ports.config)).toEqual([])
    await real.stop()
  })
})

describe('the simulated bank', () => {
  const simulate = (id: string, token: string) => service.call('POST', `/v1/sandbox/top-ups/${id}/transfer`, {}, token)

  it('writes a real statement, which is imported like any other', async () => {
    const ana = await registered(service)
    const topUp = await ana.topsUp('EUR', '50.00')
    const { status, body } = await simulate(topUp.id, ana.token)
    expect(status).toBe(200)
    expect(body.statement).toContain('urn:iso:std:iso:20022:tech:xsd:camt.053.001.08')
    expect(body.statement).toContain('SANDBOX')
    expect(await ana.topUp(topUp.id)).toMatchObject({ state: 'credited', credited: { value: '50.00' } })
    expect(await ana.balance('EUR')).toBe('50.00')
    const again = await service.importFile('again.xml', body.statement)
    expect(again.body).toMatchObject({ credited: 0, refused: null })
    expect(again.body.seenBefore).toBeGreaterThan(0)
    expect(again.body.statements[0].problem).toBeNull()
  })

  it.each([
    ['USD', '20.00'],
    ['KWD', '12.405'],
    ['JPY', '5000'],
  ] as const)('does so in %s', async (currency, value) => {
    const ana = await registered(service)
    const topUp = await ana.topsUp(currency, value)
    expect((await simulate(topUp.id, ana.token)).status).toBe(200)
    expect(await ana.balance(currency)).toBe(value)
  })

  it('asked five times at once, transfers once', async () => {
    const ana = await registered(service)
    const topUp = await ana.topsUp('EUR', '50.00')
    await Promise.all(Array.from({ length: 5 }, () => simulate(topUp.id, ana.token)))
    expect(await ana.balance('EUR')).toBe('50.00')
    expect((await simulate(topUp.id, ana.token)).body.code).toBe('top_up_finished')
  })

  it('does nothing for somebody else, and does not exist in a real service', async () => {
    const [ana, bo] = [await registered(service), await registered(service)]
    const topUp = await ana.topsUp('EUR', '50.00')
    expect((await simulate(topUp.id, bo.token)).body.code).toBe('not_found')
    const { path } = service
    const { simulateTransfer } = (await import('#service/features/sandboxBank/sandboxBankFeature.ts')).sandboxBankFeature.routes ?? {}
    const holder = await service.ports.store.read(tx => tx.holders.find(ana.holderId))
    if (!simulateTransfer || !holder) throw new Error(`no holder in ${path}`)
    const real = { ...service.ports, config: { ...service.ports.config, sandbox: false } }
    const caller = { address: '127.0.0.1', holder, deviceId: '', publicKey: '' }
    expect(await simulateTransfer(real, caller, { id: topUp.id })).toMatchObject({ ok: false, decline: { code: 'sandbox_only' } })
  })
})
