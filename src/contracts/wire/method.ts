import type { z } from 'zod'

/** When a method of the bridge may be called: any time, before a wallet exists, while locked, or only unlocked (and, for most, signed in). */
export type When = 'always' | 'first_run' | 'locked' | 'unlocked' | 'signed_in'

export type Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I
  readonly output: O
  readonly when: When
  /** A read changes nothing and may be asked again at will; a write is sent once by the person's act. */
  readonly access: 'read' | 'write'
}

export const read = <I extends z.ZodType, O extends z.ZodType>(row: { input: I; output: O; when: When }): Method<I, O> => ({
  ...row,
  access: 'read',
})
export const write = <I extends z.ZodType, O extends z.ZodType>(row: { input: I; output: O; when: When }): Method<I, O> => ({
  ...row,
  access: 'write',
})
