import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { Fault } from '#core/failure/faults.ts'
import { done, okpay } from './okpay.ts'

const eur = (value: string) => ({ currency: 'EUR', value })
const overview = {
  balances: [
    { currency: 'EUR', posted: eur('50.00'), held: eur('0.00'), available: eur('50.00') },
    {
      currency: 'KWD',
      posted: { currency: 'KWD', value: '0.000' },
      held: { currency: 'KWD', value: '0.000' },
      available: { currency: 'KWD', value: '0.000' },
    },
  ],
  total: { amount: eur('50.00'), rates: { source: 'ecb', on: '2026-11-20', origin: 'bundled' }, excluded: ['KWD'] },
}
const slip = {
  order: {
    id: '019a0000-0000-7000-8000-000000000001',
    code: 'K7F39QTX',
    state: 'open',
    shop: { id: 'lumen', name: 'Lumen Books', verified: true, sandbox: true },
    shopReference: 'LB-1',
    lines: [{ title: '看不见的城市', quantity: 1, amount: eur('24.90') }],
    amount: eur('24.90'),
    createdAt: '2026-11-22T10:00:00.000Z',
    expiresAt: '2026-11-22T10:15:00.000Z',
    returnUrl: null,
  },
  from: null,
  amount: eur('24.90'),
  fee: eur('0.00'),
  total: eur('24.90'),
  balanceAfter: eur('25.10'),
  decline: null,
}

test('help lists every command and ends with 0, without reaching for a wallet', async () => {
  const said = await okpay(['help'])
  expect(said.code).toBe(0)
  for (const word of ['balance', 'history', 'export', 'pay', 'top-up', 'backup', 'methods', 'call'])
    expect(said.out).toContain(`okpay ${word}`)
  expect(said.closed).toBe(0)
})

test('a balance is a table of what is there, with the day of its rates, and lets go of the wallet', async () => {
  const said = await okpay(['balance'], { 'balances.overview': done(overview) })
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/EUR +Euro +50\.00 +0\.00 +50\.00/)
  expect(said.out).not.toContain('Kuwaiti')
  expect(said.out).toMatch(/20\s(Nov)/)
  expect(said.closed).toBe(1)
})

test('--json prints the answer of the method itself, exactly', async () => {
  const said = await okpay(['balance', '--json'], { 'balances.overview': done(overview) })
  expect(JSON.parse(said.out)).toEqual(overview)
})

test.each([
  [['nonsense'], 'nonsense'],
  [['pay'], 'okpay pay'],
  [['history', '--limit', '0'], 'limit'],
  [['history', '--currency', 'DOGE'], '--currency. It goes like this: okpay history'],
  [['history', '--state', 'paid'], '--state pending|done|declined'],
  [['top-up', 'EUR', '5e3'], 'EUR 5e3'],
  [['top-up', 'JPY', '10.5'], 'JPY 10.5'],
  [['top-up', 'EUR', '0'], 'EUR 0'],
  [['call', 'balances.overview', '{oops'], '{oops'],
  [['call', 'no.such'], 'no.such'],
  [['export', '--format', 'docx'], 'format'],
  [['balance', '--unknown'], 'okpay balance'],
])('wrong use %j ends with 64 and says what is wrong', async (args, named) => {
  const said = await okpay(args)
  expect(said.code).toBe(64)
  expect(said.err).toContain(named)
  expect(said.asked).toEqual([])
})

test('a decline ends with 2, says who can fix it and how', async () => {
  const decline: Envelope<unknown> = { ok: false, kind: 'decline', code: 'wallet_locked', detail: {} }
  const said = await okpay(['balance'], { 'balances.overview': () => decline })
  expect(said.code).toBe(2)
  expect(said.err).toContain('The wallet is locked')
  expect(said.err).toContain('You can')
  expect(said.err).toContain('Unlock the wallet')
  const json = await okpay(['balance', '--json'], { 'balances.overview': () => decline })
  expect([json.code, JSON.parse(json.out)]).toEqual([2, decline])
})

test('a fault ends with 3 and carries its reference', async () => {
  const said = await okpay(['balance'], {
    'balances.overview': () => ({ ok: false, kind: 'fault', code: 'service_offline', reference: 'R-17' }),
  })
  expect(said.code).toBe(3)
  expect(said.err).toContain('R-17')
})

test('pay shows the slip, confirms exactly what it showed, and prints the receipt', async () => {
  const paid = { id: 'p', state: 'captured', order: slip.order, decline: null, balanceAfter: eur('25.10') }
  const said = await okpay(['pay', 'K7F3-9QTX', '--yes'], { 'payments.review': done(slip), 'payments.confirm': done(paid) })
  expect(said.code).toBe(0)
  expect(said.out).toContain('看不见的城市')
  expect(said.out).toContain('Paid €24.90'.replace('€', 'EUR\u00a0'))
  expect(said.asked[1]).toEqual([
    'payments.confirm',
    { id: expect.any(String), orderCode: 'K7F39QTX', total: eur('24.90'), shopId: 'lumen' },
  ])
})

test('a payment that waits for a person says why, and is neither a receipt nor a fault', async () => {
  const reasons = [{ rule: 'new_device_large', detail: { eurAmount: '24.90', hours: '0' } }]
  const held = { id: 'p', state: 'held', order: slip.order, decline: null, balanceAfter: null }
  const answers = { 'payments.review': done({ ...slip, risk: { decision: 'hold', reasons } }), 'payments.confirm': done(held) }
  const said = await okpay(['pay', 'K7F3-9QTX', '--yes'], answers)
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/money is set aside.*\n {2}- €24\.90 from a computer that this account has used for less than an hour\./)
  expect(said.out).toMatch(/EUR\u00a024\.90 to .* waits until we have looked at it$/)
})

test('without --yes and with nobody to ask, nothing is paid', async () => {
  const said = await okpay(['pay', 'K7F3-9QTX'], { 'payments.review': done(slip) })
  expect(said.code).toBe(2)
  expect(said.asked.map(([method]) => method)).toEqual(['payments.review'])
  expect(said.err).toContain('Nothing was taken')
})

test('options that every command has may stand before its name', async () => {
  const said = await okpay(['--json', '--data-dir', '/somewhere', 'balance'], { 'balances.overview': done(overview) })
  expect([said.code, JSON.parse(said.out)]).toEqual([0, overview])
})

test('a backup goes where it is told, or into the downloads folder, and never over a file', async () => {
  const made = { path: '/tmp/okpay-copy.db', bytes: 1_234_567 }
  const said = await okpay(['backup', 'okpay-copy.db'], { 'backups.make': done(made) })
  expect(said.asked).toContainEqual(['backups.make', { path: resolve('okpay-copy.db') }])
  expect([said.code, said.out]).toEqual([0, expect.stringMatching(/\/tmp\/okpay-copy\.db +1,234,567\nIt opens with the key/)])
  const json = await okpay(['backup', '--json'], { 'backups.make': done(made) })
  expect(json.asked).toContainEqual(['backups.make', { path: null }])
  expect(JSON.parse(json.out)).toEqual(made)
  const there = await okpay(['backup', import.meta.filename], { 'backups.make': done(made) })
  expect([there.code, there.asked, there.err]).toEqual([64, [], expect.stringContaining('Nothing was overwritten')])
})

test('a wallet that ends before it answers is a fault, not a stack trace', async () => {
  const said = await okpay(['balance'], {
    'balances.overview': () => {
      throw new Fault('service_offline')
    },
  })
  expect(said.code).toBe(3)
  expect(said.err).toContain('cannot be reached')
})

test.each([
  ['first_run', null, 'no wallet', 3],
  ['unreadable', { code: 'database_newer', backupAt: null }, 'newer version', 3],
  ['locked', null, 'locked', 2],
] as const)('a wallet that is %s says so where the command needs it open', async (phase, unreadable, words, code) => {
  const said = await okpay(['balance'], {
    'balances.overview': () => ({ ok: false, kind: 'decline', code: 'wallet_locked', detail: {} }),
    'app.state': done({ phase, unreadable }),
  })
  expect(said.code).toBe(code)
  expect(said.err).toContain(words)
})

test('an export that fails is a fault, and one that is called off is declined', async () => {
  const progress = { id: 'e', written: 0, of: 0, path: null, proof: [] }
  const failed = await okpay(['export', '--format', 'csv'], {
    'statements.start': done({ ...progress, state: 'failed', failure: 'disk_full' }),
  })
  expect([failed.code, failed.err]).toEqual([3, expect.stringContaining('disk is full')])
  const nowhere = await okpay(['export', '--format', 'csv', '--out', '/nowhere/a.csv'], {
    'statements.start': done({ ...progress, state: 'failed', failure: 'folder_read_only' }),
  })
  expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('/nowhere/a.csv')])
  const cancelled = await okpay(['export', '--format', 'csv'], {
    'statements.start': done({ ...progress, state: 'cancelled', failure: null }),
  })
  expect([cancelled.code, cancelled.err]).toEqual([2, expect.stringContaining('No file')])
})

test('an input that is not right is told by its members', async () => {
  const refused = { ok: false, kind: 'decline', code: 'input_invalid', detail: { members: 'password' } } as const
  const said = await okpay(['call', 'app.unlock', '{}', '--locale', 'en'], { 'app.unlock': () => refused })
  expect([said.code, said.err]).toEqual([2, expect.stringContaining('Not right: password.')])
})

test('a name cannot write over the terminal, nor turn a line around, and JSON keeps it as it is', async () => {
  const name = 'Lumen\u001b[2K\u009b1A\u202eskooB'
  const answers = { 'payments.review': done({ ...slip, order: { ...slip.order, shop: { ...slip.order.shop, name } } }) }
  const said = await okpay(['pay', 'K7F3-9QTX'], answers)
  expect(said.out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
  const raw = await okpay(['call', 'payments.review', '{"text":"K7F3-9QTX"}'], answers)
  expect(raw.out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
  expect(JSON.parse(raw.out).order.shop.name).toBe(name)
})

test('a slip that would be refused is refused before anything is sent', async () => {
  const refused = { ...slip, decline: { code: 'insufficient_funds', detail: { currency: 'EUR', missing: '4.90', available: '20.00' } } }
  const said = await okpay(['pay', 'K7F3-9QTX', '--yes'], { 'payments.review': done(refused) })
  expect(said.code).toBe(2)
  expect(said.asked).toHaveLength(1)
})

const verified = {
  position: 7,
  checkedAt: '2026-11-22T10:42:05.100Z',
  signedAt: '2026-11-22T10:42:05.000Z',
  keyId: 'P0GCTPJZY3N5',
  accounts: 2,
  movements: 3,
}
const id = '019a0000-0000-7000-8000-000000000001'
const mismatch = { id, at: '2026-11-22T10:43:00.000Z', code: 'balance_wrong', detail: { currency: 'EUR', here: '50.00', there: '90.00' } }

test('verify says up to which row, when and by which key; its exit code says whether it adds up', async () => {
  const good = await okpay(['verify'], { 'provider.check': done({ verified, mismatch: null, earlier: [] }) })
  expect(good.code).toBe(0)
  expect(good.out).toMatch(/3 movements add up/)
  expect(good.out).toMatch(/\b7\b.*P0GCTPJZY3N5/)
  const root = { day: '2026-11-21', fingerprint: '139E-8VVJ-JTRY-K0F8-B1VK-XBN0', checkedAt: verified.checkedAt }
  const rooted = await okpay(['verify'], { 'provider.check': done({ verified, root, mismatch: null, earlier: [] }) })
  expect(rooted.out).toMatch(/Last daily root checked[\s\S]*21.Nov[\s\S]*139E-8VVJ-JTRY-K0F8-B1VK-XBN0/)
  const bad = await okpay(['verify'], { 'provider.check': done({ verified, mismatch, earlier: [] }) })
  expect(bad.code).toBe(2)
  expect(bad.out).toMatch(/your balance is EUR.90\.00.*it is EUR.50\.00/)
  expect(bad.err).toMatch(/--evidence FILE/)
  const json = await okpay(['verify', '--json'], { 'provider.check': done({ verified, mismatch, earlier: [] }) })
  expect([json.code, JSON.parse(json.out)]).toEqual([2, { verified, mismatch, earlier: [] }])
  const unknown = await okpay(['verify'], { 'provider.check': done({ verified: null, mismatch: null, earlier: [] }) })
  expect(unknown.code).toBe(3)
  const offline = await okpay(['verify'], {
    'provider.check': () => ({ ok: false, kind: 'fault', code: 'service_offline', reference: 'r' }),
  })
  expect(offline.code).toBe(3)
})

test('verify writes the evidence where it is told, and goes on only from a mismatch', async () => {
  const answers = {
    'provider.state': done({ verified, mismatch, earlier: [] }),
    'provider.saveEvidence': done({ path: '/somewhere/evidence.json' }),
  }
  const saved = await okpay(['verify', '--evidence', '/somewhere/evidence.json'], answers)
  expect([saved.code, saved.asked.at(-1)]).toEqual([0, ['provider.saveEvidence', { id, path: '/somewhere/evidence.json' }]])
  const nothing = await okpay(['verify', '--go-on'], { 'provider.state': done({ verified, mismatch: null, earlier: [] }) })
  expect([nothing.code, nothing.asked]).toEqual([64, [['provider.state', {}]]])
})

const movement = '019a0000-0000-7000-8000-000000000001'
const annotation = { note: 'tea\nfor Ana', labels: ['Gifts', '出差'], kept: 'here' }
const maya = { id: movement, kind: 'person', name: 'Maya', email: 'maya@example.org', note: 'rent\nflat 3', kept: 'everywhere' }

test('okpay note reads and writes the note of a movement, and says how far it has come', async () => {
  const written = await okpay(['note', movement, 'tea'], { 'notes.write': done(annotation) })
  expect(written).toMatchObject({ code: 0, asked: [['notes.write', { id: movement, note: 'tea' }]] })
  expect(written.out).toContain('Gifts, 出差')
  expect(written.err).toContain('Saved on this computer')
  const read = await okpay(['note', movement, '--json'], { 'notes.of': done(annotation) })
  expect(JSON.parse(read.out)).toEqual(annotation)
  const emptied = await okpay(['note', movement, ''], { 'notes.write': done(annotation) })
  expect(emptied.asked).toEqual([['notes.write', { id: movement, note: '' }]])
})

const row = (n: number, reference: string, title = `Tea ${n}`) => ({
  ...{ id: `019a0000-0000-7000-8000-00000000000${n}`, kind: 'payment', state: 'done', at: '2026-11-22T10:00:00.000Z' },
  ...{ title, reference, amount: eur('-2.50'), fee: eur('0.00'), balanceAfter: eur('10.00'), labels: [] },
})
/** A history that finds by a word, as the wallet does: more than the one that is meant. */
const historyOf =
  (...rows: readonly ReturnType<typeof row>[]) =>
  (): Envelope<unknown> => ({ ok: true, value: { rows, next: null, count: { value: rows.length, exact: true } } })

test('okpay history shows the reference of each movement, and okpay note and okpay label take what it shows', async () => {
  const rows = historyOf(row(1, 'LB-1'), row(2, 'LB-10'), row(3, ''))
  const shown = await okpay(['history'], { 'history.page': rows })
  expect(shown.out).toMatch(/Reference/)
  const references = shown.out.split('\n').flatMap(line => /Tea \d +(\S+)/.exec(line)?.[1] ?? [])
  expect(references).toEqual(['LB-1', 'LB-10', row(3, '').id])
  for (const [n, reference] of [...references, 'lb-1 '].entries()) {
    const noted = await okpay(['note', reference, 'tea'], { 'history.page': rows, 'notes.write': done(annotation) })
    expect(noted.asked.at(-1)).toEqual(['notes.write', { id: row((n % 3) + 1, '').id, note: 'tea' }])
    const labelled = await okpay(['label', reference, 'Gifts'], { 'history.page': rows, 'notes.label': done(annotation) })
    expect(labelled.asked.at(-1)).toEqual(['notes.label', { id: row((n % 3) + 1, '').id, label: 'Gifts' }])
  }
})

test('a reference is found in groups or without, a reference of nobody and one of several are told and change nothing', async () => {
  const grouped = await okpay(['note', 'RF39 0000 1234'], {
    'history.page': input => historyOf(...(JSON.stringify(input).includes('RF3900001234') ? [row(4, 'RF3900001234')] : []))(),
    'notes.of': done(annotation),
  })
  expect(grouped.asked.at(-1)).toEqual(['notes.of', { id: row(4, '').id }])
  const none = await okpay(['label', 'LB-9', 'Gifts'], { 'history.page': historyOf(row(1, 'LB-91')) })
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('no movement with the reference LB-9') })
  const several = await okpay(['note', 'LB-1', 'tea'], { 'history.page': historyOf(row(1, 'LB-1'), row(2, 'LB-1', 'Books\u001b[31m')) })
  expect(several.code).toBe(64)
  for (const n of [1, 2]) expect(several.err).toContain(row(n, '').id)
  expect(several.err).toContain('Books')
  expect(several.err).not.toContain('\u001b')
  expect([...none.asked, ...several.asked].filter(([method]) => method !== 'history.page')).toEqual([])
})

test('okpay label lists labels, puts one on a movement, and takes it away', async () => {
  const all = await okpay(['label'], { 'notes.labels': done({ labels: [{ label: '出差', count: 3 }] }) })
  expect(all).toMatchObject({ code: 0 })
  expect(all.out).toMatch(/出差\s+3/)
  expect(await okpay(['label'], { 'notes.labels': done({ labels: [] }) })).toMatchObject({ code: 0 })
  const put = await okpay(['label', movement, 'Gifts'], { 'notes.label': done(annotation) })
  expect(put.asked).toEqual([['notes.label', { id: movement, label: 'Gifts' }]])
  const taken = await okpay(['label', movement, 'Gifts', '--remove'], { 'notes.unlabel': done(annotation) })
  expect(taken.asked).toEqual([['notes.unlabel', { id: movement, label: 'Gifts' }]])
})

test('okpay contacts lists, adds and removes', async () => {
  const listed = await okpay(['contacts', 'list', 'may'], { 'contacts.list': done({ contacts: [maya], total: 1 }) })
  expect(listed.asked).toEqual([['contacts.list', { query: 'may' }]])
  expect(listed.out).toMatch(/Maya\s+maya@example\.org\s+rent\s/)
  const added = await okpay(['contacts', 'add', 'Maya', '--email', 'maya@example.org'], { 'contacts.save': done(maya) })
  expect(added.asked).toMatchObject([['contacts.save', { name: 'Maya', email: 'maya@example.org' }]])
  const list = done({ contacts: [maya], total: 1 })
  const removed = await okpay(['contacts', 'remove', 'Maya'], { 'contacts.list': list, 'contacts.remove': done({ removed: true }) })
  expect(removed).toMatchObject({ code: 0, out: 'Maya was removed.' })
  expect(await okpay(['contacts', 'remove', 'Lin'], { 'contacts.list': list })).toMatchObject({ code: 2 })
  const twins = done({ contacts: [maya, { ...maya, id: 'shop:maya' }], total: 2 })
  expect(await okpay(['contacts', 'remove', 'Maya'], { 'contacts.list': twins })).toMatchObject({ code: 64 })
  expect(await okpay(['contacts', 'paint', 'Maya'])).toMatchObject({ code: 64 })
})

const phone = {
  id: '019a0000-0000-7000-8000-000000000002',
  name: 'Phone \u202e手机',
  system: 'Linux 6',
  addedAt: '2026-11-20T10:00:00.000Z',
  usedAt: '2026-11-21T10:00:00.000Z',
  country: 'SG',
  isThis: false,
}
const devices = {
  devices: [{ ...phone, id: '019a0000-0000-7000-8000-000000000001', name: 'Laptop', country: null, usedAt: null, isThis: true }, phone],
}

test('devices are a table in which this one has a star, and another is signed out by its name or id', async () => {
  const answers = { 'devices.list': done(devices), 'devices.revoke': done(phone), 'devices.rename': done({ ...phone, name: 'Pocket' }) }
  const listed = await okpay(['devices'], answers)
  expect(listed.code).toBe(0)
  expect(listed.out).toMatch(/\* +Laptop +Linux 6/)
  expect(listed.out).toContain('Singapore')
  expect(listed.out).not.toContain('\u202e')
  const revoked = await okpay(['devices', 'revoke', phone.id, '--yes'], answers)
  expect([revoked.code, revoked.asked.at(-1)]).toEqual([0, ['devices.revoke', { id: expect.any(String), deviceId: phone.id }]])
  const renamed = await okpay(['devices', 'rename', 'Laptop', 'Pocket'], answers)
  expect(renamed.out).toContain('Pocket')
  expect((await okpay(['devices', 'revoke', 'Nobody', '--yes'], answers)).code).toBe(2)
  const unsure = await okpay(['devices', 'revoke', 'Laptop'], answers)
  expect([unsure.code, unsure.asked.map(([method]) => method)]).toEqual([2, ['devices.list']])
  expect((await okpay(['devices', 'revoke'], answers)).code).toBe(64)
})
