import type { DeclineCode } from './declines.ts'

/** What a decline says beside its code: amounts as decimals, instants as ISO 8601 in UTC, names. Never a secret. */
export type DeclineDetail = Readonly<Record<string, string>>
export type Decline = { readonly code: DeclineCode; readonly detail: DeclineDetail }

/** The answer of a decision: a value, or an expected refusal. Declines are returned, never thrown. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly decline: Decline }

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const no = (code: DeclineCode, detail: DeclineDetail = {}): { readonly ok: false; readonly decline: Decline } => ({
  ok: false,
  decline: { code, detail },
})
