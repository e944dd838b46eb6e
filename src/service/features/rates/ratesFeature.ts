import { ok } from '#core/failure/outcome.ts'
import type { Feature } from '../../ports.ts'

/** `GET /v1/rates`: what the keeper has at hand. */
export const ratesFeature: Feature = { routes: { rates: async ({ rates }) => ok(rates()) } }
