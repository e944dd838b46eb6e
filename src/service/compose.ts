import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { type After, systemAfter } from './after.ts'
import type { ServiceConfig } from './config.ts'
import { readPlaces } from './features/device/places.ts'
import { createRedraw } from './features/identity/redrawOnThread.ts'
import { readSanctions } from './features/identity/sanctions.ts'
import { features } from './features/index.ts'
import { startRatesKeeper } from './features/rates/ratesKeeper.ts'
import { createWaiters } from './feed/waiters.ts'
import { verifyOnThread } from './http/signature.ts'
import { createSigners } from './http/signers.ts'
import { loadIdentity } from './identity.ts'
import { noMailServer } from './mail/noMailServer.ts'
import { sandboxMailbox } from './mail/sandboxMailbox.ts'
import { createSmtpMailer } from './mail/smtp.ts'
import type { Log, Mailer, PlaceOf, ServicePorts, VerifySignature } from './ports.ts'

/** What the world gives; tests give their own time, randomness, mailer, and signatures that are checked in a turn that they know. */
export type ServiceParts = {
  readonly store: ServiceStore
  readonly config: ServiceConfig
  readonly log: Log
  readonly url: () => string
  readonly clock?: () => Instant
  readonly after?: After
  readonly random?: (bytes: number) => Uint8Array
  readonly ids?: () => string
  readonly mailer?: Mailer
  readonly verifySignature?: VerifySignature
  readonly placeOf?: PlaceOf
}

/** What goes on by itself may end so long; a mail server that hangs does not hold up the end. */
const endsWithinMs = 700

export type Service = { readonly ports: ServicePorts; close(): Promise<void> }

function mailerOf({ smtpUrl, mailFrom, sandbox }: ServiceConfig): Mailer {
  if (smtpUrl !== null) return createSmtpMailer(smtpUrl, mailFrom)
  return sandbox ? sandboxMailbox : noMailServer
}

const poolBytes = 4_096

/** Bytes of the system's generator, each given once: asking it for ten at a time costs more than what they are for. */
function createRandom(): (bytes: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array(0)
  let given = 0
  return bytes => {
    if (bytes > poolBytes) return randomBytes(bytes)
    if (given + bytes > pool.length) {
      pool = randomBytes(poolBytes)
      given = 0
    }
    given += bytes
    return pool.slice(given - bytes, given)
  }
}

/** Puts the service together on an open book and starts what goes on by itself. `close` ends it and closes the book. */
export async function composeService({ store, config, log, url, ...given }: ServiceParts): Promise<Service> {
  const clock = given.clock ?? Date.now
  const random = given.random ?? createRandom()
  const after = given.after ?? systemAfter
  const waiters = createWaiters(store, after)
  const placeOf = given.placeOf ?? (config.placesPath === null ? () => null : readPlaces(config.placesPath))
  const signers = createSigners({ store, clock, config, log, placeOf })
  const rates = startRatesKeeper({ store, clock, after, log, ...(config.fetchRates ? {} : { url: null }) })
  const ports: ServicePorts = {
    store,
    clock,
    after,
    random,
    ids: given.ids ?? (() => uuidV7(clock(), random(10))),
    mailer: given.mailer ?? mailerOf(config),
    rates: rates.current,
    config,
    identity: await loadIdentity(store, random),
    log,
    placeOf,
    sanctions: readSanctions(config.sanctionsPath),
    redraw: createRedraw(systemAfter),
    signers,
    verifySignature: given.verifySignature ?? verifyOnThread,
    waiters,
    url,
  }
  const works = [rates, ...features.flatMap(feature => (feature.work ? [feature.work(ports)] : []))]
  return {
    ports,
    close: async () => {
      waiters.close()
      signers.close()
      await Promise.race([Promise.all(works.map(work => work.stop())), pause(endsWithinMs)])
      await store.close()
    },
  }
}
