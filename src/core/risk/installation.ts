import type { Instant } from '../ledger/command.ts'
import { type Known, lastOf, meet, metAt } from './known.ts'

/** What is known of a computer on which OKPAY stands, over all accounts. */
export type InstallationProfile = {
  readonly holders: readonly Known[]
  /** When a payment was asked for here that its person did not confirm. */
  readonly stopped: readonly Instant[]
}

const most = { holders: 12, stopped: 8 } as const

export const newInstallation: InstallationProfile = { holders: [], stopped: [] }

export const withHolder = (installation: InstallationProfile, holder: string, at: Instant): InstallationProfile => ({
  ...installation,
  holders: meet(installation.holders, metAt(holder, at), most.holders),
})

export const withStopped = (installation: InstallationProfile, at: Instant): InstallationProfile => ({
  ...installation,
  stopped: lastOf([...installation.stopped, at], most.stopped),
})
