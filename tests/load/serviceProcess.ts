import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { composeService } from '#service/compose.ts'
import { defaultConfig, defaultHttpLimits } from '#service/config.ts'
import { createHttpServer } from '#service/http/server.ts'
import { openBook } from './books.ts'

/** A process that serves a book (its place as JSON) at a port and says where, until its standard input ends. */
const [place = '', port = '0'] = process.argv.slice(2)
const log = { info: () => undefined, error: (line: unknown) => process.stderr.write(`${JSON.stringify(line)}\n`) }
const limits = { ...defaultHttpLimits, anonymousBurst: 1_000_000 }
const operatorToken = randomBytes(24).toString('base64url')
const config = { ...defaultConfig, sandbox: true, fetchRates: false, operatorToken, limits, port: Number(port) }
let url = ''
const service = await composeService({ store: await openBook(JSON.parse(place)), config, log, url: () => url })
const server = createHttpServer({ config, log, ports: () => service.ports, random: randomBytes })
url = await server.listen()
process.stdout.write(`${JSON.stringify({ url, serviceId: service.ports.identity.serviceId })}\n`)
flushCompileCache()
await once(process.stdin.resume(), 'end')
service.ports.waiters.close()
await server.close()
await service.close()
