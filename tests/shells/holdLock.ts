// Holds the lock of the folder named in its argument until it is killed.
import { lockFolder } from '#main/shells/instanceLock.ts'

const lock = lockFolder(process.argv[2] ?? '')
process.send?.({ held: typeof lock === 'object' })
setInterval(() => undefined, 60_000)
