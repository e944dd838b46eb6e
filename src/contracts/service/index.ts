import { accountRoutes } from './account.ts'
import { accountLockRoutes } from './accountLock.ts'
import { contactDetailsRoutes } from './contactDetails.ts'
import { deviceRoutes } from './device.ts'
import { identityRoutes } from './identity.ts'
import { moneyRoutes, operatorRoutes } from './money.ts'
import { personalRoutes } from './personal.ts'
import { proofRoutes } from './proof.ts'
import { riskRoutes } from './risk.ts'
import { secondFactorRoutes } from './secondFactor.ts'
import { securityCentreRoutes } from './securityCentre.ts'

/** Every route of the service's own API (the shop's pages and health checks stand beside it). The OpenAPI document is generated from this table. */
export const routes = {
  ...accountRoutes,
  ...contactDetailsRoutes,
  ...accountLockRoutes,
  ...deviceRoutes,
  ...moneyRoutes,
  ...operatorRoutes,
  ...proofRoutes,
  ...personalRoutes,
  ...riskRoutes,
  ...secondFactorRoutes,
  ...identityRoutes,
  ...securityCentreRoutes,
}

export type RouteName = keyof typeof routes

/** Routes whose body is a file and not JSON; what else they take stands in the query. */
export const fileRoutes: readonly string[] = ['importStatement', 'addDocument'] satisfies readonly RouteName[]
