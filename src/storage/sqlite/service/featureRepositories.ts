import type { FeatureRepositories } from '../../featureRepositories.ts'
import type { Change } from '../../serviceStore.ts'
import type { Database } from '../database.ts'
import { sqliteLocks } from './accountLocks.ts'
import { sqliteAudit } from './audit.ts'
import { sqliteContactDetails } from './contactDetails.ts'
import { sqliteIdentity } from './identity.ts'
import { sqliteMails } from './mails.ts'
import { sqlitePersonal } from './personal.ts'
import { sqliteRegistrations, sqliteSignInCounts } from './registrations.ts'
import { sqliteRisk } from './risk.ts'
import { sqliteRoots } from './roots.ts'
import { sqliteSafety } from './safety.ts'
import { sqliteStatements } from './statements.ts'
import { sqliteTopUps } from './topUps.ts'

export const sqliteFeatureRepositories = (db: Database, changes: Change[]): FeatureRepositories => ({
  registrations: sqliteRegistrations(db),
  signInCounts: sqliteSignInCounts(db),
  mails: sqliteMails(db, changes),
  topUps: sqliteTopUps(db),
  statements: sqliteStatements(db),
  roots: sqliteRoots(db),
  personal: sqlitePersonal(db),
  audit: sqliteAudit(db),
  ...sqliteContactDetails(db),
  ...sqliteSafety(db),
  ...sqliteIdentity(db),
  ...sqliteLocks(db),
  ...sqliteRisk(db),
})
