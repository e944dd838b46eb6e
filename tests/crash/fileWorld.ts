import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openBook } from '../load/books.ts'
import { addOrders, makePayments } from '../load/payers.ts'
import { serveBook } from '../load/service.ts'
import { auditBook } from './auditBook.ts'
import { startLines } from './lines.ts'
import { startWalletPayer } from './walletPayer.ts'
import type { World, WorldParts } from './world.ts'

const payers = 32
const shops = ['shop-a', 'shop-b', 'shop-c']
const walletShop = 'shop-w'
const perServiceKill = 40
const perWalletKill = 8
const longestMs = 200

/** A service on an encrypted file, payers who send to it, and a wallet with which a person pays. */
export async function fileWorld({ kills, folder, random, say }: WorldParts): Promise<World> {
  const place = { path: join(folder, 'book.db') }
  const signed = await makePayments(place, payers, shops, kills.service * perServiceKill)
  const store = await openBook(place)
  const first = kills.service * perServiceKill
  const orders = await addOrders(store, { shops: [walletShop], count: kills.wallet * perWalletKill, minor: 1n, first })
  await store.close()
  let service = await serveBook(place)
  const serviceUrl = service.url
  const port = Number(new URL(serviceUrl).port)
  const payments = signed(service.serviceId)
  const lines = startLines({ payments, lines: 16, doors: [() => serviceUrl], say })
  const wallet =
    orders.length === 0 ? undefined : await startWalletPayer({ folder: join(folder, 'wallet'), serviceUrl, orders, random, say })

  async function killService(): Promise<void> {
    lines.fill(perServiceKill)
    await lines.news(0)
    await pause(random() * longestMs)
    await service.kill()
    // Now and then it dies again while it starts or repairs its book.
    if (random() < 0.15) {
      const early = await serveBook(place, { port, killAfterMs: random() * 500 }).catch(() => undefined)
      await early?.kill()
    }
    service = await serveBook(place, { port })
  }
  async function killWallet(): Promise<void> {
    wallet?.fill(perWalletKill)
    await wallet?.news()
    await pause(random() * longestMs)
    await wallet?.kill()
  }

  return {
    kill: kind => (kind === 'wallet' ? killWallet() : killService()),
    async end() {
      const shown = await wallet?.finish()
      const answered = await lines.finish()
      await wallet?.close()
      await service.stop()
      const paidMinor = BigInt(answered) * 250n + BigInt(shown?.payments ?? 0)
      const expected = { paidMinor, shops: [...shops, walletShop], ...(shown ? { wallet: shown } : {}) }
      for (const violation of await auditBook(place, expected)) say(violation)
      return answered + (shown?.payments ?? 0)
    },
    async close() {
      await wallet?.close()
      await service.kill()
    },
  }
}
