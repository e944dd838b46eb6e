import { feedFeature } from '../feed/feedFeature.ts'
import type { Feature } from '../ports.ts'
import { currenciesFeature } from './currencies/index.ts'
import { limitFeature } from './limit/index.ts'
import { operatorFeature } from './operator/index.ts'
import { orderFeature } from './order/index.ts'
import { paymentFeature } from './payment/index.ts'
import { ratesFeature } from './rates/ratesFeature.ts'
import { serviceFeature } from './service/index.ts'
import { supportFeature } from './support/index.ts'

/** Every feature of the service. To add one: a folder beside this file and a line here. */
export const features: readonly Feature[] = [
  serviceFeature,
  ratesFeature,
  currenciesFeature,
  orderFeature,
  paymentFeature,
  limitFeature,
  supportFeature,
  operatorFeature,
  feedFeature,
]
