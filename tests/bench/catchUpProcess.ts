import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { feedPage } from '#contracts/service/feed.ts'
import { createFeed } from '#main/sync/feed.ts'
import { createMirror } from '#main/sync/mirror.ts'
import { createProvider } from '#main/sync/provider.ts'
import { createServiceKeys } from '#main/sync/serviceKeys.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { benchHolder, pageFile, type ToldFeed } from './feedPages.ts'
import { ownMemoryMb } from './ownMemory.ts'

/** A process that reads a whole feed into a new wallet by the wallet's own parts, from the text of each answer to the checked heads; tells its time and memory. */
const [folder = '', told = ''] = process.argv.slice(2)
const { rows, serviceId, publicKey }: ToldFeed = JSON.parse(told)
const clock = { now: () => Date.now(), after: () => () => undefined }
const store = await openWalletStore({ path: join(folder, 'catch-up.db'), key: new Uint8Array(32).fill(4) })
const provider = createProvider({
  ...{ store, clock, serviceId, holderId: benchHolder, ids: () => benchHolder },
  mirror: createMirror(store, clock),
  keys: createServiceKeys({ store, serviceId, ask: async () => [{ publicKey, endorsement: null }] }),
  serviceUrl: () => undefined,
  onVerified: () => undefined,
  onStopped: () => undefined,
})
const feed = createFeed({
  clock,
  mirror: provider,
  cursor: () => store.cursor(),
  fetchPage: async after => feedPage.parse(JSON.parse(await readFile(pageFile(folder, after), 'utf8'))),
  openSocket: () => undefined,
  onNews: () => undefined,
  onCaughtUp: () => undefined,
  onFault: error => {
    throw error
  },
})
const beforeMb = ownMemoryMb('VmRSS')
const used = process.cpuUsage()
const start = performance.now()
await feed.catchUp()
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(used)
const { verified } = await provider.state()
if (verified?.position !== rows) throw new Error('the feed was not read and verified to its end')
await store.close()
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMb: ownMemoryMb('VmHWM'), beforeMb }))
