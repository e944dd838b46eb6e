import type { Fix } from '#core/failure/declines.ts'

/** The button of each fix: a verb with its object. */
export const fixes: Record<Fix, string> = {
  unlock: 'Unlock the wallet',
  unlock_account: 'Unlock the account',
  sign_in: 'Sign in',
  resend_code: 'Send a new code',
  other_email: 'Use another e-mail',
  other_password: 'Choose another password',
  correct_input: 'Correct it',
  open_currency: 'Open {currency, select, none {the currency} other {{currency}}}',
  top_up_missing: 'Top up {missing, select, none {what is missing} other {{missing}}}',
  see_limits: 'See my limits',
  raise_limit: 'Ask for a higher limit',
  split_days: 'Pay over several days',
  verify: 'Tell us more about you',
  other_method: 'Pay another way at the shop',
  back_to_shop: 'Back to the shop',
  see_receipt: 'See the receipt',
  review_again: 'Look at it again',
  use_other_link: 'Use another link or code',
  retry: 'Try again',
  see_evidence: 'See what does not add up',
  ask: 'Ask a person',
}
