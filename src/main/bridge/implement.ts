import type { z } from 'zod'
import type { bridge } from '#contracts/bridge/index.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import type { Caller } from '../ports.ts'

type Bridge = typeof bridge
export type FeatureName = keyof Bridge

/** What a feature answers with: a value in the contract's shape, or a decline. Faults and bugs are thrown. */
export type Feature<F extends FeatureName> = {
  readonly [M in keyof Bridge[F]]: Bridge[F][M] extends { input: infer I extends z.ZodType; output: infer O extends z.ZodType }
    ? (input: z.output<I>, caller: Caller) => Promise<Outcome<z.input<O>>>
    : never
}

/** The features that are there now: while locked only `app`, so that nothing else can answer. */
export type Features = { readonly [F in FeatureName]?: Feature<F> }
