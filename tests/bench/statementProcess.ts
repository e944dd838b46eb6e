import { openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { writeStatementFile } from '#storage/sqlite/wallet/statementFile.ts'
import { ownMemoryMb } from './ownMemory.ts'

/** A process that writes one statement and tells its own time and memory, so that nothing else of the bench is counted. */
const [database = '', key = '', path = ''] = process.argv.slice(2)
const db = openDatabase({
  path: database,
  key: Buffer.from(key, 'hex'),
  migrations: walletMigrations,
  application: 'wallet',
  mustExist: true,
})
const start = performance.now()
const job = {
  id: 'bench',
  format: 'csv',
  from: null,
  until: null,
  currencies: null,
  path,
  holder: 'Bench',
  madeAt: 0,
  timeZone: 'Europe/Berlin',
  locale: 'en',
}
await writeStatementFile(db, job, { isStopped: () => false, onStep: () => undefined })
const tookMs = performance.now() - start
db.close()
process.stdout.write(JSON.stringify({ tookMs, peakMb: ownMemoryMb('VmHWM') }))
