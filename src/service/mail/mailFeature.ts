import type { Feature } from '../ports.ts'
import { startMailDelivery } from './delivery.ts'

/** Sends what stands in the outbox while the service runs. */
export const mailFeature: Feature = { work: startMailDelivery }
