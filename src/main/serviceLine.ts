import type { AppState } from '#contracts/bridge/app.ts'
import { isBookFault } from '#core/failure/faults.ts'
import type { EmbeddedServiceStatus, WalletParts } from './ports.ts'
import type { PreferenceFile } from './preferences.ts'
import { readServiceAddress } from './sync/address.ts'
import { type Connection, createConnection } from './sync/connection.ts'

type Service = AppState['service']

/** Which service the wallet speaks to, and its line to it. */
export type ServiceLine = {
  readonly connection: Connection
  choice(): Pick<Service, 'mode' | 'address'>
  status(): Service['status']
  /** Goes over to the chosen service: the embedded one runs only where it is that. */
  connect(): Promise<void>
}

const coming: ReadonlySet<EmbeddedServiceStatus> = new Set(['starting', 'sealed', 'restarting'])
const readyMs = 10_000

/** Throws where OKPAY_SERVICE_URL is not the address of a service: paying through another one than the owner named would be worse than not starting. */
function givenAddress(serviceUrl: string | undefined): string | undefined {
  if (serviceUrl === undefined) return undefined
  const address = readServiceAddress(serviceUrl)
  if (!address.ok) throw new TypeError('OKPAY_SERVICE_URL is not the address of a service')
  return address.value
}

export function createServiceLine(parts: WalletParts, preferences: PreferenceFile): ServiceLine {
  const { embeddedService } = parts
  const given = givenAddress(parts.serviceUrl)

  function choice(): Pick<Service, 'mode' | 'address'> {
    if (given !== undefined) return { mode: 'address', address: given }
    const { service } = preferences.current()
    return { mode: service.mode, address: service.mode === 'address' ? service.address : null }
  }

  const isComing = (): boolean => choice().mode === 'sandbox' && coming.has(embeddedService.status())

  /** An embedded service needs a moment to listen and to open its book: a call that comes with the unlocking waits for it. */
  function whenReady(): Promise<void> {
    if (!isComing()) return Promise.resolve()
    return new Promise(done => {
      const stopListening = embeddedService.onChange(() => {
        if (!isComing()) finish()
      })
      const cancel = parts.clock.after(readyMs, finish)
      function finish(): void {
        stopListening()
        cancel()
        done()
      }
    })
  }

  const connection = createConnection({
    whenReady,
    baseUrl: () => (choice().mode === 'sandbox' ? embeddedService.url() : (choice().address ?? undefined)),
    network: parts.network,
    clock: parts.clock,
  })

  const bookFaultOf = (code = ''): Service['status'] => (isBookFault(code) ? code : 'offline')

  function ofProcess(): Service['status'] | undefined {
    const status = choice().mode === 'sandbox' ? embeddedService.status() : 'online'
    switch (status) {
      case 'online':
        return undefined
      case 'stopped':
        return 'offline'
      case 'refused':
        return bookFaultOf(embeddedService.refusal())
      default:
        return status
    }
  }

  return {
    connection,
    choice,
    status() {
      const line = connection.status()
      return ofProcess() ?? (line === 'unknown' ? 'starting' : line)
    },
    async connect() {
      if (choice().mode === 'address') await embeddedService.stop()
      else if (['stopped', 'refused'].includes(embeddedService.status())) await embeddedService.start()
    },
  }
}
