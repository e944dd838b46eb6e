import { hostname, release, type } from 'node:os'
import { type Profile, profile } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Connection } from '../sync/connection.ts'
import type { RouteOutput } from '../sync/serviceClient.ts'
import { resultOf, type Session, type SignedIn } from '../sync/signedIn.ts'
import { deviceKey, installationAt } from '../vault/deviceKey.ts'
import { timeZone } from './days.ts'

type AccountParts = {
  readonly store: WalletStore
  readonly connection: Connection
  readonly deviceSeed: Uint8Array
  readonly ids: () => string
  readonly locale: () => string
  readonly current: () => SignedIn | undefined
  /** Keeps the session and begins to follow its account. */
  readonly begin: (session: Session, profile: Profile) => Promise<void>
  /** Goes on with another session of the account that is here. */
  readonly renew: (session: Session) => Promise<void>
  /** Forgets the account on this device. */
  readonly end: () => Promise<void>
  /** Ends a session at the service once it can be reached. */
  readonly revokeLater: (session: Session) => Promise<void>
  readonly onMail: () => void
}

const longestName = 100
const registrationSetting = 'registration'

/** The service is out of reach: told as false; anything else is thrown. */
function faultsAside(error: unknown): false {
  if (error instanceof Fault) return false
  throw error
}

/** What this device tells about itself, with a signing key of its own for this session. */
async function newDevice({ connection, deviceSeed, ids }: AccountParts) {
  const keyId = ids()
  const { publicKey } = deviceKey(deviceSeed, keyId)
  const name = hostname().slice(0, longestName) || 'computer'
  const { serviceId } = await connection.describe()
  const system = `${type()} ${release()}`.slice(0, longestName)
  return { keyId, device: { publicKey, name, system, installation: installationAt(deviceSeed, serviceId) } }
}

/** The profile that the feed last told. Fault where a signed-in wallet has none: its book is not whole. */
export async function profileOf(store: WalletStore, account: SignedIn): Promise<Profile> {
  const json = await store.document('profile', account.session.holderId)
  if (json === undefined) throw new Fault('unexpected')
  return profile.parse(JSON.parse(json))
}

type Begun = Extract<RouteOutput<'signIn'>, { token: string }>

/** What is done with a session that the service began for the key of this id. */
type GoOn = (begun: Begun, keyId: string) => Promise<Outcome<Profile>>

/** Registering, signing in and out. The account password goes to the service once and is kept nowhere here. */
export function accountFeature(parts: AccountParts): Feature<'account'> {
  const { store, connection } = parts
  const { client } = connection
  /** The sign-in that waits for its second factor, with the key that was made for it and what it goes on with. */
  let asked: { readonly challengeId: string; readonly keyId: string; readonly goOn: GoOn } | undefined

  /** The address is kept until somebody is signed in: a code can be sent again after a restart. */
  async function pending(outcome: Outcome<RouteOutput<'register'>>, email: string) {
    if (!outcome.ok) return outcome
    await store.keepSetting(registrationSetting, email)
    parts.onMail()
    return ok({ ...outcome.value, email })
  }

  const signedIn = (): SignedIn => {
    const account = parts.current()
    if (!account) throw new Fault('unexpected')
    return account
  }

  const beginsAt =
    (serviceId: string): GoOn =>
    async ({ token, deviceId, profile }, keyId) => {
      if (parts.current()) return no('signed_in_elsewhere')
      await parts.begin({ token, deviceId, keyId, serviceId, holderId: profile.holderId }, profile)
      return ok(profile)
    }

  /** A new session of the account that is here; the old one is ended. */
  const renew: GoOn = async ({ token, deviceId, profile }, keyId) => {
    const { session } = signedIn()
    const { holderId, serviceId } = session
    if (profile.holderId !== holderId) throw new Fault('service_garbage')
    await parts.renew({ token, deviceId, keyId, serviceId, holderId })
    await parts.revokeLater(session)
    return ok(profile)
  }

  /** Signs in by the password; who has a second factor is asked for it, and `answerSignIn` goes on. */
  async function prove(email: string, password: string, goOn: GoOn) {
    const { keyId, device } = await newDevice(parts)
    const outcome = await client.call('signIn', { email, password, device })
    if (!outcome.ok) return outcome
    if ('challenge' in outcome.value) {
      const { challenge } = outcome.value
      asked = { challengeId: challenge.challengeId, keyId, goOn }
      return ok({ state: 'second_factor', challenge } as const)
    }
    const begun = await goOn(outcome.value, keyId)
    return begun.ok ? ok({ state: 'signed_in', profile: begun.value } as const) : begun
  }

  return {
    async register({ email }) {
      if (parts.current()) return no('signed_in_elsewhere')
      return pending(await client.call('register', { email, locale: parts.locale() }), email)
    },
    async resendCode({ registrationId }) {
      return pending(await client.call('resendCode', { registrationId }), (await store.setting(registrationSetting)) ?? '')
    },
    verifyCode: input => client.call('verifyCode', input),

    async complete(input) {
      if (parts.current()) return no('signed_in_elsewhere')
      const { serviceId } = await connection.describe()
      const { keyId, device } = await newDevice(parts)
      const outcome = await client.call('complete', { ...input, timeZone: timeZone(), device })
      if (!outcome.ok) return outcome
      // Made before, and its person turned a second factor on since: signing in asks for it.
      if ('challenge' in outcome.value) return no('second_factor_required')
      return beginsAt(serviceId)(outcome.value, keyId)
    },
    async signIn({ email, password }) {
      if (parts.current()) return no('signed_in_elsewhere')
      const { serviceId } = await connection.describe()
      return prove(email, password, beginsAt(serviceId))
    },
    async sendSignInCode(input) {
      const sent = await client.call('sendChallengeCode', input)
      parts.onMail()
      return sent
    },
    async answerSignIn(input) {
      // The key that the challenge signs in was made here, and is forgotten with this process: then one signs in anew.
      if (asked?.challengeId !== input.challengeId) return no('not_found')
      const { keyId, goOn } = asked
      const outcome = await client.call('answerChallenge', input)
      if (!outcome.ok) return outcome
      if (outcome.value.state !== 'signed_in') throw new Fault('service_garbage')
      asked = undefined
      return goOn(outcome.value.session, keyId)
    },
    async startReset({ email }) {
      const outcome = await client.call('startReset', { email, locale: parts.locale() })
      parts.onMail()
      return outcome.ok ? ok({ ...outcome.value, email }) : outcome
    },
    finishReset: input => client.call('finishReset', input),

    async signInAgain({ password }) {
      const account = signedIn()
      const { email } = await profileOf(store, account)
      const { serviceId } = await connection.describe()
      // Another service at the same address learns no password.
      if (serviceId !== account.session.serviceId) throw new Fault('service_garbage')
      return prove(email, password, renew)
    },
    async signOut() {
      const { call, session, personal } = signedIn()
      // What is only here is gone with the account: a last try, where the service is in reach.
      await personal.exchange().catch(faultsAside)
      // Out of reach the account is forgotten here all the same, and the session ended there as soon as the service is back.
      const isEnded = await call('signOut', {}).then(() => true, faultsAside)
      await parts.end()
      if (!isEnded) await parts.revokeLater(session)
      return ok({ signedOut: true })
    },

    profile: async () => ok(await profileOf(store, signedIn())),
    mailbox: () => client.call('mailbox', {}),

    async openCurrencies({ currencies }) {
      const sent = await signedIn().command(parts.ids(), 'currencies.open', { currencies })
      return resultOf(sent, answer => answer.opened && { opened: answer.opened })
    },
  }
}
