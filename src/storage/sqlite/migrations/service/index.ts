import type { Migration } from '../../migrate.ts'
import { core } from './0001-core.ts'
import { accountTopUp } from './0002-account-topup.ts'
import { dailyRoots } from './0003-daily-roots.ts'
import { personal } from './0004-personal.ts'
import { commandsKept } from './0005-commands-kept.ts'
import { toldOnce } from './0006-told-once.ts'
import { denseRows } from './0007-dense-rows.ts'
import { feedCompaction } from './0008-feed-compaction.ts'
import { devicesAudit } from './0009-devices-audit.ts'
import { accountSafety } from './0010-account-safety.ts'
import { identity } from './0011-identity.ts'
import { contactDetails } from './0012-contact-details.ts'
import { limits } from './0013-limits.ts'
import { mailsOfHolders } from './0014-mails-of-holders.ts'
import { accountLocks } from './0015-account-locks.ts'
import { risk } from './0016-risk.ts'
import { documentsKept } from './0017-documents-kept.ts'
import { mailPhrase } from './0018-mail-phrase.ts'

/** The tables of the service beside the ledger's, in the order in which they are made. */
export const serviceMigrations: readonly Migration[] = [
  core,
  accountTopUp,
  dailyRoots,
  personal,
  commandsKept,
  toldOnce,
  denseRows,
  feedCompaction,
  devicesAudit,
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
