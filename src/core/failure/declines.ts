/** Who can mend a refusal. */
type Mender = 'you' | 'your_bank' | 'merchant' | 'okpay'

/** What the person can do at once; each is a button of the window and a line of the terminal. */
export type Fix =
  | 'unlock'
  | 'unlock_account'
  | 'sign_in'
  | 'resend_code'
  | 'other_email'
  | 'other_password'
  | 'correct_input'
  | 'open_currency'
  | 'top_up_missing'
  | 'see_limits'
  | 'raise_limit'
  | 'split_days'
  | 'verify'
  | 'other_method'
  | 'back_to_shop'
  | 'see_receipt'
  | 'review_again'
  | 'use_other_link'
  | 'retry'
  | 'see_evidence'
  | 'ask'

type DeclineRow = {
  readonly who: Mender
  readonly fixes: readonly Fix[]
  /** When the same wish can succeed: never, after a fix, at once, or at the instant in `detail.at`. */
  readonly retry: 'never' | 'after_fix' | 'now' | 'at'
  /** HTTP status of the answer that carries it (RFC 9457). */
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 422 | 429
}

/** Every refusal of OKPAY. Closed and ordered: where several hold, the first is told. A code without its sentence in each locale does not compile. */
export const declines = {
  input_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  wallet_locked: { who: 'you', fixes: ['unlock'], retry: 'after_fix', status: 403 },
  not_signed_in: { who: 'you', fixes: ['sign_in'], retry: 'after_fix', status: 401 },
  not_allowed: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 403 },
  not_found: { who: 'you', fixes: ['correct_input'], retry: 'never', status: 404 },
  device_revoked: { who: 'you', fixes: ['sign_in'], retry: 'after_fix', status: 401 },
  session_expired: { who: 'you', fixes: ['sign_in'], retry: 'after_fix', status: 401 },
  session_stale: { who: 'okpay', fixes: ['retry'], retry: 'now', status: 401 },
  signature_invalid: { who: 'okpay', fixes: ['sign_in', 'ask'], retry: 'after_fix', status: 401 },
  id_reused: { who: 'okpay', fixes: ['review_again'], retry: 'never', status: 422 },
  mail_phrase_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  mail_phrase_known: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  device_name_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  feed_compacted: { who: 'okpay', fixes: ['retry'], retry: 'now', status: 410 },
  second_operator_required: { who: 'okpay', fixes: ['retry'], retry: 'after_fix', status: 409 },
  sandbox_only: { who: 'okpay', fixes: [], retry: 'never', status: 404 },
  provider_mismatch: { who: 'okpay', fixes: ['see_evidence', 'ask'], retry: 'after_fix', status: 409 },

  app_password_wrong: { who: 'you', fixes: ['correct_input'], retry: 'now', status: 403 },
  app_password_wait: { who: 'you', fixes: ['retry'], retry: 'at', status: 429 },
  app_password_required: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  app_password_weak: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  recovery_words_wrong: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  recovery_words_other: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 403 },
  recovery_kit_none: { who: 'you', fixes: ['unlock'], retry: 'never', status: 404 },
  recovery_kit_gone: { who: 'you', fixes: ['retry'], retry: 'after_fix', status: 410 },
  lock_never_unconfirmed: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  wallet_exists: { who: 'you', fixes: ['unlock'], retry: 'never', status: 409 },
  service_address_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  signed_in_elsewhere: { who: 'you', fixes: ['sign_in'], retry: 'after_fix', status: 409 },

  email_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  email_throwaway: { who: 'you', fixes: ['other_email'], retry: 'after_fix', status: 400 },
  code_wrong: { who: 'you', fixes: ['correct_input', 'resend_code'], retry: 'now', status: 400 },
  code_expired: { who: 'you', fixes: ['resend_code'], retry: 'after_fix', status: 410 },
  code_tries_used_up: { who: 'you', fixes: ['resend_code'], retry: 'after_fix', status: 429 },
  code_resend_wait: { who: 'you', fixes: ['retry'], retry: 'at', status: 429 },
  name_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  country_unknown: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  birth_date_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  password_too_short: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  password_too_long: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  password_common: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  password_personal: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  password_weak: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  password_breached: { who: 'you', fixes: ['other_password'], retry: 'after_fix', status: 400 },
  credentials_wrong: { who: 'you', fixes: ['correct_input'], retry: 'now', status: 401 },
  sign_in_wait: { who: 'you', fixes: ['retry'], retry: 'at', status: 429 },
  phone_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  contact_unchanged: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  phone_codes_off: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 409 },
  factor_code_wrong: { who: 'you', fixes: ['correct_input', 'resend_code'], retry: 'now', status: 400 },
  second_factor_on: { who: 'you', fixes: [], retry: 'never', status: 409 },

  link_malformed: { who: 'you', fixes: ['use_other_link'], retry: 'after_fix', status: 400 },
  link_other_service: { who: 'you', fixes: ['use_other_link'], retry: 'after_fix', status: 400 },
  qr_unreadable: { who: 'you', fixes: ['use_other_link'], retry: 'after_fix', status: 400 },

  order_unknown: { who: 'merchant', fixes: ['use_other_link', 'back_to_shop'], retry: 'after_fix', status: 404 },
  order_already_paid: { who: 'you', fixes: ['see_receipt', 'back_to_shop'], retry: 'never', status: 409 },
  order_cancelled: { who: 'merchant', fixes: ['back_to_shop'], retry: 'never', status: 410 },
  order_expired: { who: 'merchant', fixes: ['back_to_shop'], retry: 'never', status: 410 },
  order_changed: { who: 'you', fixes: ['review_again'], retry: 'after_fix', status: 409 },
  security_hold: { who: 'okpay', fixes: ['ask'], retry: 'after_fix', status: 403 },
  account_locked: { who: 'you', fixes: ['unlock_account', 'ask'], retry: 'after_fix', status: 403 },
  merchant_restriction: { who: 'merchant', fixes: ['back_to_shop', 'ask'], retry: 'never', status: 403 },
  currency_not_held: { who: 'you', fixes: ['open_currency'], retry: 'after_fix', status: 409 },
  over_payment_limit: {
    who: 'you',
    fixes: ['split_days', 'raise_limit', 'see_limits', 'verify', 'other_method', 'ask'],
    retry: 'after_fix',
    status: 403,
  },
  over_monthly_limit: {
    who: 'you',
    fixes: ['raise_limit', 'split_days', 'see_limits', 'verify', 'other_method', 'ask'],
    retry: 'at',
    status: 403,
  },
  over_daily_limit: {
    who: 'you',
    fixes: ['split_days', 'raise_limit', 'see_limits', 'verify', 'other_method', 'ask'],
    retry: 'at',
    status: 403,
  },
  insufficient_funds: { who: 'you', fixes: ['top_up_missing'], retry: 'after_fix', status: 409 },
  risk_refused: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 403 },
  second_factor_required: { who: 'you', fixes: ['review_again'], retry: 'after_fix', status: 403 },

  risk_answered: { who: 'you', fixes: ['ask'], retry: 'never', status: 409 },
  risk_decided: { who: 'okpay', fixes: [], retry: 'never', status: 409 },
  second_operator: { who: 'okpay', fixes: [], retry: 'after_fix', status: 403 },

  amount_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  currency_not_offered: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  top_up_finished: { who: 'you', fixes: ['correct_input'], retry: 'never', status: 409 },
  limit_request_open: { who: 'okpay', fixes: ['see_limits'], retry: 'never', status: 409 },

  account_unknown: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 404 },
  account_frozen: { who: 'okpay', fixes: ['ask'], retry: 'after_fix', status: 403 },
  account_closed: { who: 'okpay', fixes: ['ask'], retry: 'after_fix', status: 410 },
  account_not_empty: { who: 'you', fixes: ['ask'], retry: 'after_fix', status: 409 },
  command_invalid: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 422 },
  legs_unbalanced: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 422 },
  hold_unknown: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 404 },
  hold_resolved: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 409 },
  hold_expired: { who: 'okpay', fixes: ['review_again'], retry: 'never', status: 410 },
  hold_not_expired: { who: 'okpay', fixes: ['ask'], retry: 'after_fix', status: 409 },
  capture_above_hold: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 422 },
  posting_unknown: { who: 'okpay', fixes: ['ask'], retry: 'never', status: 404 },
  posting_reversed: { who: 'okpay', fixes: [], retry: 'never', status: 409 },

  note_too_long: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  label_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  labels_too_many: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 409 },
  contact_name_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  contacts_full: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 409 },
  notes_full: { who: 'you', fixes: ['ask'], retry: 'after_fix', status: 409 },
  dated_ahead: { who: 'you', fixes: ['retry'], retry: 'after_fix', status: 409 },

  latin_name_missing: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  identity_too_young: { who: 'you', fixes: ['correct_input', 'ask'], retry: 'after_fix', status: 403 },
  address_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  mrz_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_number_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_ended: { who: 'you', fixes: ['correct_input', 'ask'], retry: 'after_fix', status: 400 },
  documents_missing: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_empty: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_too_large: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_heic: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_type: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_two_files: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_broken: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_too_many_pixels: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_too_many_pages: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_password: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  document_used: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 409 },
  documents_full: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 409 },
  identity_changed: { who: 'you', fixes: ['retry'], retry: 'after_fix', status: 409 },
  identity_in_review: { who: 'okpay', fixes: ['ask'], retry: 'after_fix', status: 409 },
  identity_step_later: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 409 },
  identity_not_in_review: { who: 'okpay', fixes: [], retry: 'never', status: 409 },

  export_period_invalid: { who: 'you', fixes: ['correct_input'], retry: 'after_fix', status: 400 },
  export_unknown: { who: 'you', fixes: ['correct_input'], retry: 'never', status: 404 },
} as const satisfies Record<string, DeclineRow>

export type DeclineCode = keyof typeof declines

export const declineCodes = Object.keys(declines) as readonly DeclineCode[]
