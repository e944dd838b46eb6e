import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultConfig } from '#service/config.ts'
import { statementOf, transfer } from '../service/bankFile.ts'
import { eventually, operatorToken, registered } from '../service/realService.ts'
import { type Door, doorTo } from '../support/door.ts'

let folder: string
let child: ChildProcess | undefined
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-import-'))
})
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** The service as its own process, on the same data each time. */
async function starts(): Promise<Door> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    OKPAY_FETCH_RATES: '0',
    OKPAY_OPERATOR_TOKEN: operatorToken,
    NODE_NO_WARNINGS: '1',
    LANG: 'en',
  }
  const started = spawn(process.execPath, [resolve('src/service/index.ts'), 'serve', '--data', folder, '--sandbox'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  let said = ''
  started.stdout.on('data', (data: Buffer) => {
    said += data.toString()
  })
  const url = await eventually(() => {
    const ready = /ready: (\S+)/.exec(said)?.[1]
    if (ready === undefined) throw new Error(`not ready: ${said}`)
    return ready
  }, 60_000)
  return doorTo(url, operatorToken)
}

it('kill -9 in the middle of an import credits nothing twice; the same file again does the rest', async () => {
  let door = await starts()
  // The person keeps talking to whichever process serves.
  const current: Parameters<typeof registered>[0] = {
    call: (...of) => door.call(...of),
    mails: () => door.mails(),
    now: Date.now,
    serviceId: () => door.serviceId(),
  }
  const ana = await registered(current)
  const topUp = await ana.topsUp('EUR', '5.00')
  const config = { ...defaultConfig, sandbox: true, operatorToken }
  const count = 2500
  const xml = statementOf(
    { ports: { config } },
    Array.from({ length: count }, () => transfer('1.00', topUp.reference)),
  )
  const importing = () => door.importFile('a.xml', xml)
  const last = async () => (await door.call('GET', '/v1/feed?after=0', undefined, ana.token)).body.last

  const before = await last()
  for (const atLeast of [1, 600]) {
    const broken = importing().then(
      () => 'answered',
      () => 'broken',
    )
    await eventually(async () => expect(await last()).toBeGreaterThan(before + atLeast), 60_000)
    const running = child
    running?.kill('SIGKILL')
    if (running) await once(running, 'exit')
    expect(await broken).toBe('broken')
    door = await starts()
  }
  const credited = Number(await ana.balance('EUR'))
  expect(credited).toBeGreaterThan(0)
  expect(credited).toBeLessThan(count)
  expect((await importing()).body).toMatchObject({ credited: count - credited, seenBefore: credited, waiting: 0 })
  expect(await ana.balance('EUR')).toBe(`${count}.00`)
  const ids = (await ana.postings()).map(({ id }) => id)
  expect(new Set(ids).size).toBe(count)
})
