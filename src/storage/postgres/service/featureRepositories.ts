import type { FeatureRepositories } from '../../featureRepositories.ts'
import type { Change } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { postgresLocks } from './accountLocks.ts'
import { postgresAudit } from './audit.ts'
import { postgresContactDetails } from './contactDetails.ts'
import { postgresIdentity } from './identity.ts'
import { postgresMails } from './mails.ts'
import { postgresPersonal } from './personal.ts'
import { postgresRegistrations, postgresSignInCounts } from './registrations.ts'
import { postgresRisk } from './risk.ts'
import { postgresRoots } from './roots.ts'
import { postgresSafety } from './safety.ts'
import { postgresStatements } from './statements.ts'
import { postgresTopUps } from './topUps.ts'

export const postgresFeatureRepositories = (tx: Transaction, changes: Change[]): FeatureRepositories => ({
  registrations: postgresRegistrations(tx),
  signInCounts: postgresSignInCounts(tx),
  mails: postgresMails(tx, changes),
  topUps: postgresTopUps(tx),
  statements: postgresStatements(tx),
  roots: postgresRoots(tx),
  personal: postgresPersonal(tx),
  audit: postgresAudit(tx),
  ...postgresContactDetails(tx),
  ...postgresSafety(tx),
  ...postgresIdentity(tx),
  ...postgresLocks(tx),
  ...postgresRisk(tx),
})
