import { z } from 'zod'

/**
 * What is answered where a request is refused or fails: application/problem+json (RFC 9457). `code` is a decline or a fault (the two never share a
 * code); `detail` holds what a decline's sentence needs; `reference` finds a fault in the service's log.
 */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.record(z.string(), z.string()).default({}),
  reference: z.string().default(''),
})

export type Problem = z.infer<typeof problem>
