/** What does not add up in what a service told: closed, and each has a sentence in every locale. */
export const mismatchCodes = [
  /** A posting that no book could hold: unbalanced, of an unknown kind, below zero. */
  'posting_impossible',
  /** A posting that was told before, with other legs. */
  'posting_changed',
  /** A leg in an account that is not the holder's, told as the holder's own. */
  'account_wrong',
  /** A movement is missing, doubled or in another order. */
  'version_wrong',
  /** The hash chain of an account does not lead to a leg. */
  'chain_broken',
  'balance_wrong',
  /** The newest page came without heads. */
  'heads_missing',
  /** Heads of another holder. */
  'heads_of_other',
  /** Heads of another position of the feed: old ones, told again. */
  'heads_old',
  'key_unknown',
  'signature_wrong',
  /** An account of this book that the heads do not name, or the other way round. */
  'account_missing',
  /** An account stands elsewhere than the heads say. */
  'head_wrong',
  /** The service ends before rows that it told. */
  'rows_lost',
  /** Another root for a day whose root was told before, or none any more. */
  'root_changed',
  /** A root that does not follow from the one before it. */
  'root_unlinked',
  /** A root of a day that is not over. */
  'root_early',
  /** The proof of an account does not lead to the root of the day. */
  'proof_wrong',
  /** The root of a day has another history of an account than this book. */
  'root_wrong',
  /** An account stands in the root of a day as it was long before the day was over. */
  'root_old',
  /** An account that had moved is not in the root of the day. */
  'root_missing',
] as const

export type MismatchCode = (typeof mismatchCodes)[number]

/** `detail`: what was told (`there`), what this book says (`here`), and which posting or account it is about. */
export type Mismatch = { readonly code: MismatchCode; readonly detail: Readonly<Record<string, string>> }

/** What a service told does not follow from what it told before. Nothing of it is applied. */
export class ProviderMismatch extends Error {
  readonly mismatch: Mismatch
  constructor(code: MismatchCode, detail: Mismatch['detail'] = {}) {
    super(`${code} ${JSON.stringify(detail)}`)
    this.name = 'ProviderMismatch'
    this.mismatch = { code, detail }
  }
}
