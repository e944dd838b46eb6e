import { verify } from '#service/program/verify.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { bookKey } from '../load/books.ts'
import { ownMemoryMb } from './ownMemory.ts'

/** A process that verifies a book and tells what was found, its time and its memory. */
const [path = ''] = process.argv.slice(2)
const book = openBookReader({ path, key: bookKey })
const beforeMb = ownMemoryMb('VmRSS')
const start = performance.now()
const found = await verify(book)
const seconds = (performance.now() - start) / 1000
book.close()
process.stdout.write(JSON.stringify({ ...found, seconds, peakMb: ownMemoryMb('VmHWM'), beforeMb }))
