import type { AskedPayment, RiskEvent } from './event.ts'
import { type HolderProfile, newHolder, withFailedCode, withInstallation, withMoneyIn, withPayment, withPlace } from './holder.ts'
import { type InstallationProfile, newInstallation, withHolder, withStopped } from './installation.ts'
import { newPayee, type PayeeProfile, withPayer, withReport } from './payee.ts'

/** What is known of those whom an event concerns; null: nothing is known, or the event does not concern such a one. */
export type Profiles = {
  readonly holder: HolderProfile | null
  readonly payee: PayeeProfile | null
  readonly installation: InstallationProfile | null
}

/** Whose profiles an event needs, and changes: what a store loads before `judge` and `observe`, and saves after. */
export type Concerned = { readonly [Of in keyof Profiles]: string | null }

/**
 * What became of a payment: it was let through, it was stopped to ask and the person confirmed it, or it did not happen (the person said that it was not
 * them, did not pass the challenge, or it was refused).
 */
export type PaymentOutcome = 'paid' | 'confirmed' | 'stopped'

/** @returns ids of the holder, the payee and the installation that the event is about. */
export function concerned(event: RiskEvent): Concerned {
  switch (event.what) {
    case 'payment':
      return { holder: event.holder, payee: event.payee, installation: event.installation }
    case 'signed_in':
      return { holder: event.holder, payee: null, installation: event.installation }
    case 'payee_reported':
      return { holder: null, payee: event.payee, installation: null }
    case 'opened':
    case 'code_failed':
    case 'money_in':
      return { holder: event.holder, payee: null, installation: null }
  }
}

/**
 * The profiles after an event. Events come in the order of their instants. Pure: the same profiles and event give the same.
 * @param outcome what became of a payment; of no meaning for any other event.
 */
export function observe(profiles: Profiles, event: RiskEvent, outcome: PaymentOutcome = 'paid'): Profiles {
  const { at } = event
  const holder = profiles.holder ?? newHolder(at)
  switch (event.what) {
    case 'opened':
      // The country in which the account was opened is home: it is known from the first moment.
      return { ...profiles, holder: withPlace({ ...holder, openedAt: at }, event.country, at, true) }
    case 'signed_in': {
      const placed = event.country === null ? holder : withPlace(holder, event.country, at)
      return {
        ...profiles,
        holder: withInstallation(placed, event.installation, at),
        installation: withHolder(profiles.installation ?? newInstallation, event.holder, at),
      }
    }
    case 'code_failed':
      return { ...profiles, holder: withFailedCode(holder, at) }
    case 'money_in':
      return { ...profiles, holder: withMoneyIn(holder, event.eurMinor, event.payer, at) }
    case 'payee_reported':
      return { ...profiles, payee: withReport(profiles.payee ?? newPayee(at), event.by, at) }
    case 'payment':
      return outcome === 'stopped' ? afterStopped(profiles, event) : afterPaid(profiles, event, outcome === 'confirmed')
  }
}

const afterPaid = (profiles: Profiles, payment: AskedPayment, isConfirmed: boolean): Profiles => ({
  holder: withPayment(profiles.holder ?? newHolder(payment.at), payment, isConfirmed),
  payee: withPayer(profiles.payee ?? newPayee(payment.at), payment.holder, payment.at),
  installation: withHolder(profiles.installation ?? newInstallation, payment.holder, payment.at),
})

/** A payment that its person did not make teaches nothing about them: it counts against the payee, the computer and whoever holds the codes. */
const afterStopped = (profiles: Profiles, { holder, at }: AskedPayment): Profiles => ({
  holder: withFailedCode(profiles.holder ?? newHolder(at), at),
  payee: withReport(profiles.payee ?? newPayee(at), holder, at),
  installation: withStopped(profiles.installation ?? newInstallation, at),
})
