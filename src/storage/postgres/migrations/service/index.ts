import type { Migration } from '../../../sqlite/migrate.ts'
import { core } from './0001-core.ts'
import { accountTopUp } from './0002-account-topup.ts'
import { instances } from './0003-instances.ts'
import { dailyRoots } from './0004-daily-roots.ts'
import { personal } from './0005-personal.ts'
import { commandsKept } from './0006-commands-kept.ts'
import { toldOnce } from './0007-told-once.ts'
import { instanceBeats } from './0008-instance-beats.ts'
import { feedCompaction } from './0009-feed-compaction.ts'
import { devicesAudit } from './0010-devices-audit.ts'
import { auditKept } from './0011-audit-kept.ts'
import { accountSafety } from './0012-account-safety.ts'
import { identity } from './0013-identity.ts'
import { contactDetails } from './0014-contact-details.ts'
import { limits } from './0015-limits.ts'
import { mailsOfHolders } from './0016-mails-of-holders.ts'
import { accountLocks } from './0017-account-locks.ts'
import { risk } from './0018-risk.ts'
import { documentsKept } from './0019-documents-kept.ts'
import { mailPhrase } from './0020-mail-phrase.ts'

/** The tables of the service beside the ledger's, in the order in which they are made. */
export const serviceMigrations: readonly Migration[] = [
  core,
  accountTopUp,
  instances,
  dailyRoots,
  personal,
  commandsKept,
  toldOnce,
  instanceBeats,
  feedCompaction,
  devicesAudit,
  auditKept,
  accountSafety,
  identity,
  contactDetails,
  limits,
  mailsOfHolders,
  accountLocks,
  risk,
  documentsKept,
  mailPhrase,
]
