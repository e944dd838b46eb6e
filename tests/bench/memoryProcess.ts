import '#main/wallet.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { ownMemoryMb } from './ownMemory.ts'

/** A process with the wallet's program in it that opens a wallet, asks what a window asks first, and tells the most memory that it had. */
const [path = '', key = ''] = process.argv.slice(2)
const store = await openWalletStore({ path, key: Buffer.from(key, 'hex'), mustExist: true })
await store.balances()
let page = await store.movements({}, null, 50)
for (let n = 0; n < 20 && page.next !== null; n += 1) page = await store.movements({}, page.next, 50)
for (const query of ['咖啡', 'coffee', 'subscr']) await store.movements({ query }, null, 50)
await store.close()
process.stdout.write(JSON.stringify({ peakMb: ownMemoryMb('VmHWM') }))
