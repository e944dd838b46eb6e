import { parseBirthDay, parseCountry, parseName } from '#core/account/person.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Registration } from '#storage/featureRepositories.ts'
import type { Holder } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandler, RouteInput, ServicePorts } from '../../ports.ts'
import { openHolder, startSession } from '../../sessions.ts'
import { profileWire } from '../../wires.ts'
import { isEmailTaken } from '../contactDetails/isEmailTaken.ts'
import { countries } from './lists.ts'
import { hashPassword } from './passwordHash.ts'
import { acceptedPassword } from './passwords.ts'
import { signIn } from './signIn.ts'

/** A proven e-mail waits so long for the rest of the form. */
const proofLifeMs = 3_600_000

type Person = Pick<Holder, 'name' | 'country' | 'bornOn' | 'timeZone'> & { readonly password: string }

/** The first thing that is wrong with the form, in its order, or the form as it is kept. */
async function readPerson(ports: ServicePorts, input: RouteInput<'complete'>, email: string, now: Instant): Promise<Outcome<Person>> {
  const name = parseName(input.name)
  if (!name.ok) return name
  const country = parseCountry(input.country, await countries())
  if (!country.ok) return country
  const bornOn = input.bornOn === null ? ok(null) : parseBirthDay(input.bornOn, now)
  if (!bornOn.ok) return bornOn
  const person = { email, name: name.value, bornOn: bornOn.value }
  const password = await acceptedPassword(ports, input.password, person)
  if (!password.ok) return password
  return ok({ ...person, country: country.value, timeZone: timeZoneOf(input.timeZone), password: password.value })
}

/** An IANA name that this system knows, else UTC: only limits and mails depend on it. */
function timeZoneOf(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

const isOpen = ({ verifiedAt }: Registration, now: Instant): boolean => verifiedAt !== null && now < verifiedAt + proofLifeMs

/** Makes the account, its first session and its first mail, in one transaction. Undefined where the e-mail got an account meanwhile. */
function openAccount(
  ports: ServicePorts,
  { id }: Registration,
  { password: _, ...person }: Person,
  passwordHash: string,
  input: RouteInput<'complete'>,
  country: string | null,
) {
  return ports.store.write(async tx => {
    const now = ports.clock()
    const registration = await tx.registrations.find(id)
    if (!registration || registration.completedAt !== null || (await isEmailTaken(tx, registration.emailKey, now))) return undefined
    const { email, emailKey, locale } = registration
    const holder = {
      id: ports.ids(),
      email,
      emailKey,
      locale,
      ...person,
      passwordHash,
      registeredAt: now,
      securityHoldSince: null,
      tier: 'email' as const,
      heldDay: null,
      heldDayEndsAt: null,
    }
    await openHolder(tx, holder, now)
    const session = await startSession(tx, ports, holder, input.device, now, country)
    await tx.registrations.save({ ...registration, completedAt: now })
    const letter = { kind: 'welcome', name: holder.name, device: input.device.name, at: now, timeZone: holder.timeZone } as const
    await enqueueMail(tx, ports, holder, letter, now)
    return { ...session, profile: profileWire(holder) }
  })
}

/**
 * The rest of the form, once the e-mail is proven. Where the answer was lost and the form is sent again, the password that it holds signs in.
 * Declines: not_found, not_allowed (not proven), code_expired (proven too long ago), name_invalid, country_unknown, birth_date_invalid, password_*,
 * credentials_wrong.
 */
export const complete: RouteHandler<'complete'> = async (ports, caller, input) => {
  const registration = await ports.store.read(tx => tx.registrations.find(input.registrationId))
  if (!registration) return no('not_found')
  const again = () => signIn(ports, caller, { email: registration.email, password: input.password, device: input.device })
  if (registration.completedAt !== null) return again()
  if (registration.verifiedAt === null) return no('not_allowed')
  const now = ports.clock()
  if (!isOpen(registration, now)) return no('code_expired')
  const person = await readPerson(ports, input, registration.email, now)
  if (!person.ok) return person
  const opened = await openAccount(
    ports,
    registration,
    person.value,
    await hashPassword(person.value.password),
    input,
    ports.placeOf(caller.address),
  )
  return opened ? ok(opened) : again()
}
