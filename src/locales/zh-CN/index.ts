import { account } from './account.ts'
import { accountLock } from './accountLock.ts'
import { activity } from './activity.ts'
import { app } from './app.ts'
import { cli } from './cli.ts'
import { contactDetails } from './contactDetails.ts'
import { contacts } from './contacts.ts'
import { declines } from './declines.ts'
import { devices } from './devices.ts'
import { faults } from './faults.ts'
import { fixes } from './fixes.ts'
import { help } from './help.ts'
import { home } from './home.ts'
import { identity } from './identity.ts'
import { limits } from './limits.ts'
import { mail } from './mail.ts'
import { mailLinks } from './mailLinks.ts'
import { menders } from './menders.ts'
import { menu } from './menu.ts'
import { notes } from './notes.ts'
import { palette } from './palette.ts'
import { pay } from './pay.ts'
import { provider } from './provider.ts'
import { risk } from './risk.ts'
import { safetyCheck } from './safetyCheck.ts'
import { security } from './security.ts'
import { securityCentre } from './securityCentre.ts'
import { service } from './service.ts'
import { settings } from './settings.ts'
import { shop } from './shop.ts'
import { start } from './start.ts'
import { statementProblems } from './statementProblems.ts'
import { statements } from './statements.ts'
import { topUp } from './topUp.ts'
import { vault } from './vault.ts'

export const zhCN = {
  account,
  accountLock,
  activity,
  app,
  cli,
  contactDetails,
  contacts,
  declines,
  devices,
  faults,
  fixes,
  help,
  home,
  limits,
  identity,
  mail,
  mailLinks,
  menders,
  menu,
  notes,
  palette,
  pay,
  provider,
  risk,
  safetyCheck,
  security,
  securityCentre,
  service,
  settings,
  shop,
  start,
  statementProblems,
  statements,
  topUp,
  vault,
}
