import { feedFeature } from '../feed/feedFeature.ts'
import { mailFeature } from '../mail/mailFeature.ts'
import type { Feature } from '../ports.ts'
import { rootFeature } from '../root/rootFeature.ts'
import { accountFeature } from './account/accountFeature.ts'
import { accountLockFeature } from './accountLock/index.ts'
import { contactDetailsFeature } from './contactDetails/index.ts'
import { currenciesFeature } from './currencies/index.ts'
import { deviceFeature } from './device/index.ts'
import { identityFeature } from './identity/index.ts'
import { limitFeature } from './limit/index.ts'
import { operatorFeature } from './operator/index.ts'
import { orderFeature } from './order/index.ts'
import { paymentFeature } from './payment/index.ts'
import { personalFeature } from './personal/index.ts'
import { ratesFeature } from './rates/ratesFeature.ts'
import { riskFeature } from './risk/index.ts'
import { sandboxBankFeature } from './sandboxBank/sandboxBankFeature.ts'
import { secondFactorFeature } from './secondFactor/index.ts'
import { securityCentreFeature } from './securityCentre/index.ts'
import { serviceFeature } from './service/index.ts'
import { statementFeature } from './statement/statementFeature.ts'
import { supportFeature } from './support/index.ts'
import { topUpFeature } from './topUp/topUpFeature.ts'

/** Every feature of the service. To add one: a folder beside this file and a line here. */
export const features: readonly Feature[] = [
  serviceFeature,
  accountFeature,
  accountLockFeature,
  deviceFeature,
  secondFactorFeature,
  contactDetailsFeature,
  securityCentreFeature,
  mailFeature,
  ratesFeature,
  currenciesFeature,
  topUpFeature,
  statementFeature,
  sandboxBankFeature,
  orderFeature,
  paymentFeature,
  riskFeature,
  limitFeature,
  identityFeature,
  supportFeature,
  personalFeature,
  operatorFeature,
  feedFeature,
  rootFeature,
]
