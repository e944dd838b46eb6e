import type { DeclineCode } from '#core/failure/declines.ts'

/**
 * Every refusal: what happened in one sentence, then what it means or what to do.
 * A value that the detail does not carry arrives as `none`, so that a sentence never shows a hole.
 */
export const declines: Record<DeclineCode, { what: string; next: string }> = {
  input_invalid: { what: 'Something in this form is not right.', next: 'Correct what is marked, then send it again.' },
  wallet_locked: { what: 'The wallet is locked.', next: 'Unlock it to go on.' },
  not_signed_in: { what: 'You are not signed in.', next: 'Sign in to go on.' },
  not_allowed: { what: 'This account may not do that.', next: 'If you think it should, ask us.' },
  not_found: { what: 'There is nothing of that name here.', next: 'Check it for a mistyped letter.' },
  device_revoked: { what: 'This device was signed out of the account.', next: 'Sign in again to use it.' },
  session_expired: {
    what: 'Your sign-in on this device has run out.',
    next: 'Sign in again: everything that is here stays, and what waits is sent then.',
  },
  session_stale: { what: 'The key of this sign-in has to be renewed.', next: 'The wallet does it by itself. Try again.' },
  signature_invalid: {
    what: 'The signature of this device was not accepted.',
    next: 'Nothing was taken. Sign in again; if that does not help, ask us.',
  },
  id_reused: { what: 'This wish was already sent with other content.', next: 'Nothing was taken. Look at it once more and confirm anew.' },
  mail_phrase_invalid: {
    what: 'This cannot be the phrase of your mails.',
    next: '{min, select, none {Make it longer or shorter.} other {It needs {min} to {max} characters that can be seen.}}',
  },
  mail_phrase_known: {
    what: 'A forger knows this too.',
    next: 'Choose a phrase that is neither your name nor your e-mail.',
  },
  device_name_invalid: { what: 'This name cannot be used for a device.', next: 'It needs 1 to 60 characters that can be seen.' },
  feed_compacted: {
    what: 'Old news are kept in short by now.',
    next: 'The wallet reads the short form by itself; nothing is lost.',
  },
  second_operator_required: { what: 'You have agreed already.', next: 'Another operator unlocks it: two have to agree.' },
  sandbox_only: { what: 'This exists in the sandbox only.', next: 'A real service leaves it to a real bank.' },
  provider_mismatch: {
    what: 'What the service told does not add up, so this wallet pays nothing.',
    next: 'Nothing was taken. Save the evidence and ask us; you decide when it goes on.',
  },

  app_password_wrong: {
    what: 'That is not the app password.',
    next: '{triesLeft, select, none {Check capital letters and the keyboard layout.} 1 {You can try once more before a wait.} other {You can try {triesLeft} more times before a wait.}}',
  },
  app_password_wait: { what: 'Too many wrong passwords.', next: 'You can try again {at, select, none {in a little while} other {{at}}}.' },
  app_password_required: {
    what: 'This computer needs an app password.',
    next: 'It has no keychain that OKPAY can trust, so a password has to protect the wallet.',
  },
  app_password_weak: { what: 'This password is too easy to guess.', next: 'Four unrelated words make a strong one.' },
  recovery_words_wrong: {
    what: '{position, select, none {These are not the words of a recovery kit.} other {Word {position} is not right.}}',
    next: '{found, select, none {Compare each word with your sheet, letter by letter.} other {There are {found} words here, and a kit has 24.}}',
  },
  recovery_words_other: {
    what: 'These words belong to another wallet, or to an earlier kit of this one.',
    next: 'Look for the sheet that you made last.',
  },
  recovery_kit_none: {
    what: 'No recovery kit was made for this wallet.',
    next: 'Only the app password or the keychain of this computer opens it.',
  },
  recovery_kit_gone: { what: 'These words are not shown any more.', next: 'Nothing was changed. Make the kit once more.' },
  lock_never_unconfirmed: { what: 'Nobody said yes to that.', next: 'A wallet that never locks by itself needs your consent.' },
  wallet_exists: { what: 'There is already a wallet on this computer.', next: 'Unlock it instead.' },
  service_address_invalid: {
    what: 'This is not the address of an OKPAY service.',
    next: 'It begins with https:// and was given to you by its operator.',
  },
  signed_in_elsewhere: {
    what: 'This wallet already belongs to another account.',
    next: 'Log out first, or use another folder for the second account.',
  },

  email_invalid: { what: 'This is not an e-mail address.', next: 'It has a form like name@example.org.' },
  email_throwaway: {
    what: '{domain, select, none {This} other {{domain}}} gives out throw-away addresses.',
    next: 'We could not reach you there about your money. Use an address that you keep.',
  },
  code_wrong: {
    what: 'That is not the code we sent.',
    next: '{triesLeft, select, none {Check the latest e-mail.} 1 {One try is left.} other {{triesLeft} tries are left.}}',
  },
  code_expired: { what: 'This code is too old.', next: 'A code holds for 10 minutes. Send a new one.' },
  code_tries_used_up: { what: 'This code was tried too often.', next: 'It is void now. Send a new one.' },
  code_resend_wait: {
    what: 'A code was sent a moment ago.',
    next: 'You can send another {at, select, none {after a minute} other {{at}}}.',
  },
  name_invalid: { what: 'This name cannot be used.', next: 'Write it as it stands in your passport, with letters of any script.' },
  country_unknown: { what: 'This country is not in the list.', next: 'Choose it from the list.' },
  birth_date_invalid: { what: 'This date of birth cannot be right.', next: 'Check the day, the month and the year.' },
  password_too_short: {
    what: 'This password is too short.',
    next: '{min, select, none {Longer is stronger.} other {It needs at least {min} characters.}}',
  },
  password_too_long: {
    what: 'This password is too long.',
    next: '{max, select, none {Shorten it.} other {It may have {max} characters at most.}}',
  },
  password_common: { what: 'This password is on the list of common ones.', next: 'It would be guessed first. Choose another.' },
  password_personal: { what: 'This password contains your own details.', next: 'Leave out your name, e-mail and birthday.' },
  password_weak: { what: 'This password is too easy to guess.', next: 'Four unrelated words make a strong one.' },
  password_breached: {
    what: 'This password was stolen somewhere else and is on a public list.',
    next: 'Whoever breaks in tries those first. Choose one that you use nowhere else.',
  },
  credentials_wrong: { what: 'E-mail and password do not match.', next: 'Check both; capital letters count in the password.' },
  phone_invalid: {
    what: 'This is no telephone number.',
    next: 'Write it with its country, such as +49 151 23456789.',
  },
  contact_unchanged: { what: 'This is the one that you have already.', next: 'Give another one.' },
  phone_codes_off: { what: 'This service cannot send text messages.', next: 'Ask us: a person can help.' },
  factor_code_wrong: {
    what: 'That is not the code.',
    next: '{triesLeft, select, none {Wait for the next one, and check the clock of your phone.} 1 {One try is left.} other {{triesLeft} tries are left. A code is good once: wait for the next one.}}',
  },
  second_factor_on: { what: 'An authenticator app is on already.', next: 'Turn it off first to use another one.' },
  sign_in_wait: { what: 'Too many attempts to sign in.', next: 'You can try again {at, select, none {in a little while} other {{at}}}.' },

  link_malformed: {
    what: 'This is not an OKPAY payment link or short code.',
    next: 'A link begins with okpay://pay/, a code has eight characters such as K7F3-9QTX. Both stand on the page of the shop.',
  },
  link_other_service: {
    what: 'This order belongs to another OKPAY service.',
    next: '{service, select, none {} other {It was made for {service}. }}This wallet cannot pay it.',
  },
  qr_unreadable: {
    what: 'No QR code was found in this picture.',
    next: 'Take the whole code, straight and sharp, or type the short code.',
  },

  order_unknown: { what: 'There is no such order.', next: 'Check the code, or copy the link from the shop once more.' },
  order_already_paid: { what: 'This order is already paid.', next: 'Nothing was taken again.' },
  order_cancelled: { what: 'This order was cancelled.', next: 'Nothing was taken. The shop can make a new one.' },
  order_expired: {
    what: 'This order has expired.',
    next: '{at, select, none {} other {It was open until {at}. }}Nothing was taken. Start again at the shop.',
  },
  order_changed: { what: 'The order has changed since you looked at it.', next: 'Nothing was taken. Look at it once more.' },
  security_hold: {
    what: 'We have locked the account{reason, select, risk {, because a payment seemed unusual} report {, because of a report that we look at} review {, while we check it} other {}}: no money can leave it.',
    next: 'Nothing was taken. Ask us: a person looks at it, and two of us unlock it.',
  },
  account_locked: {
    what: 'The account is frozen{since, select, none {} other { since {since}}}: no money can leave it.',
    next: 'Nothing was taken. {opens, select, none {You unlock it in the settings, with your password and a code.} other {It is unlocked on {opens}.}}',
  },
  merchant_restriction: { what: 'This shop does not accept the payment.', next: 'Nothing was taken. Choose another way at the shop.' },
  currency_not_held: {
    what: 'You have no balance in {currency, select, none {this currency} other {{currency}}} yet.',
    next: 'Nothing was taken. Opening one costs nothing.',
  },
  over_payment_limit: {
    what: 'This is more than you can pay at once.',
    next: '{limit, select, none {} other {Your limit for one payment{rail, select, crypto { in crypto} other {}} is {limit}. }}Nothing was taken.',
  },
  over_monthly_limit: {
    what: 'This is more than you can pay this month.',
    next: '{limit, select, none {} other {Your monthly limit{rail, select, crypto { in crypto} other {}} is {limit}{used, select, none {} other { and {used} of it is used}}. }}{at, select, none {} other {It frees up {at}.}}',
  },
  over_daily_limit: {
    what: 'This is more than you can pay today.',
    next: '{limit, select, none {} other {Your daily limit{rail, select, crypto { in crypto} other {}} is {limit}{used, select, none {} other { and {used} of it is used}}. }}{at, select, none {} other {It frees up {at}.}}',
  },
  insufficient_funds: {
    what: '{missing, select, none {Your balance does not cover this.} other {You are {missing} short.}}',
    next: '{available, select, none {} other {You have {available}. }}Nothing was taken.',
  },
  risk_refused: {
    what: 'This payment was stopped to protect your account.',
    next: 'No money has left. If it was you, ask a person.',
  },
  second_factor_required: {
    what: 'This needs a code of your second factor.',
    next: 'Nothing was changed. Look at it again, then give the code.',
  },
  risk_answered: { what: 'You have answered this already.', next: 'If something has changed, ask a person.' },
  risk_decided: { what: 'This payment does not wait any more.', next: 'Nothing was changed.' },
  second_operator: { what: 'A large payment is approved by two operators.', next: 'You were the first; somebody else must be the second.' },

  amount_invalid: {
    what: 'This amount cannot be used.',
    next: '{min, select, none {} other {The least is {min}. }}{max, select, none {} other {The most is {max}. }}Write it with digits and one decimal point.',
  },
  currency_not_offered: { what: 'This currency cannot be used here.', next: 'Choose one from the list.' },
  top_up_finished: { what: 'This top-up is finished.', next: 'Start a new one to add more.' },
  limit_request_open: { what: 'You have already asked for a higher limit.', next: 'We answer that one first.' },

  account_unknown: {
    what: 'An account of this movement is not known.',
    next: 'Nothing was taken. Ask us, with the reference of this page.',
  },
  account_frozen: { what: 'This balance is frozen.', next: 'Nothing was taken. Ask us, and a person tells you why and until when.' },
  account_closed: { what: 'This balance is closed.', next: 'Nothing was taken. Ask us to open it again.' },
  account_not_empty: { what: 'There is still money on this balance.', next: 'Move it first, then close the balance.' },
  command_invalid: { what: 'This movement is not well formed.', next: 'Nothing was taken. Ask us, with the reference of this page.' },
  legs_unbalanced: { what: 'This movement would not add up.', next: 'Nothing was taken. Ask us, with the reference of this page.' },
  hold_unknown: { what: 'No money was set aside for this.', next: 'Nothing was taken. Ask us, with the reference of this page.' },
  hold_resolved: { what: 'The money set aside for this was already used or freed.', next: 'Nothing more was taken.' },
  hold_expired: { what: 'The money set aside for this was freed again.', next: 'Nothing was taken. Look at the order once more.' },
  hold_not_expired: { what: 'The money set aside for this still has time.', next: 'It stays set aside until then.' },
  capture_above_hold: { what: 'The shop asked for more than was set aside.', next: 'Nothing was taken. Ask us about it.' },

  posting_unknown: {
    what: 'There is no such movement to take back.',
    next: 'Nothing was changed. Ask us, with the reference of this page.',
  },
  posting_reversed: { what: 'This movement was already taken back.', next: 'Nothing was changed again.' },

  note_too_long: {
    what: 'This note is too long.',
    next: '{max, select, none {} other {It may have {max} characters. }}Shorten it, and it is kept.',
  },
  label_invalid: {
    what: 'This label cannot be used.',
    next: '{max, select, none {A label is short, and not empty.} other {A label has 1 to {max} characters.}}',
  },
  labels_too_many: {
    what: 'This movement has enough labels.',
    next: '{max, select, none {} other {It may have {max}. }}Take one away first.',
  },
  contact_name_invalid: {
    what: 'This name cannot be used.',
    next: '{max, select, none {A name is short, and not empty.} other {A name has 1 to {max} characters.}}',
  },
  contacts_full: {
    what: 'The list of contacts is full.',
    next: '{max, select, none {} other {It holds {max}. }}Remove one that you no longer need.',
  },
  notes_full: { what: 'There is no room for more notes, labels and contacts.', next: 'Ask us; what is written stays.' },
  dated_ahead: {
    what: 'The clock of this computer is wrong.',
    next: 'What you wrote is kept here and is sent once its time was put right.',
  },

  latin_name_missing: {
    what: 'The name in Latin letters is missing or holds other letters.',
    next: 'Write it as in the lower lines of the passport, with the letters A to Z.',
  },
  identity_too_young: {
    what: 'An account of your own begins at {years, select, none {full age} other {{years} years}}.',
    next: 'If the date of birth is mistyped, correct it; else ask us what is possible.',
  },
  address_invalid: {
    what: '{field, select, street {The street} city {The town} postalCode {The postal code} other {The address}} cannot be right.',
    next: 'Write it as it stands on a letter that reaches you.',
  },
  mrz_invalid: {
    what: '{field, select, lines {These are not the two or three lines at the foot of a document.} characters {The lines hold a character that no document has there.} number {The number in the lines and its check digit do not fit.} bornOn {The date of birth in the lines and its check digit do not fit.} endsOn {The end date in the lines and its check digit do not fit.} name {The name in the lines cannot be read.} other {The lines and their check digits do not fit.}}',
    next: 'Compare them letter by letter: O and 0, I and 1 are easily mixed up, and every < counts.',
  },
  document_number_invalid: { what: 'This is not the number of a document.', next: 'It has 4 to 30 letters and digits.' },
  document_ended: { what: 'This document has run out.', next: 'Use one that is good today, or ask us what else is taken.' },
  documents_missing: { what: 'There is no picture of the document here yet.', next: 'Add a photo or a scan of it, then hand it in.' },
  document_empty: { what: 'This file is empty.', next: 'Choose another one, or take the photo again.' },
  document_too_large: {
    what: 'This file is larger than {megabytes, select, none {is taken} other {{megabytes} MB}}.',
    next: 'Take the photo with a lower quality, or scan with 300 dots an inch.',
  },
  document_heic: {
    what: 'This is a HEIC or AVIF picture, which cannot be read here.',
    next: 'On a telephone, choose “Most compatible” for the camera, or send the photo as JPEG.',
  },
  document_type: {
    what: 'This is neither a JPEG, nor a PNG, nor a PDF, whatever its name says.',
    next: 'Take a photo of the document, or save it as PDF.',
  },
  document_two_files: { what: 'Another file is hidden in this one.', next: 'Take a fresh photo of the document and choose that.' },
  document_broken: {
    what: 'This file cannot be read to its end.',
    next: 'It is broken, or far larger inside than it says. Take the photo or make the scan again.',
  },
  document_too_many_pixels: {
    what: 'This picture has more pixels than are taken.',
    next: 'At most {side, select, none {12000} other {{side}}} on each side. A photo of a telephone is enough.',
  },
  document_too_many_pages: {
    what: 'This PDF has more than {pages, select, none {10} other {{pages}}} pages.',
    next: 'Choose only those pages that show you, your address or your income.',
  },
  document_password: {
    what: 'This PDF is locked with a password.',
    next: 'Save it without one, or take a photo of it. We never ask for passwords.',
  },
  document_used: { what: 'This file stands at another step already.', next: 'Choose one that shows what is asked for here.' },
  documents_full: {
    what: 'There are already {files, select, none {6} other {{files}}} files for this step.',
    next: 'Remove one that is not needed.',
  },
  identity_changed: {
    what: 'This was changed meanwhile, perhaps on another device of yours.',
    next: 'Look at it as it is now, then send it again if it is still needed.',
  },
  identity_in_review: {
    what: 'This is being looked at just now.',
    next: 'You hear of it here and by mail. If something was wrong in it, ask us.',
  },
  identity_step_later: { what: 'The step before this one comes first.', next: 'Finish it, then go on here.' },
  identity_not_in_review: { what: 'Nothing waits for an answer here.', next: 'It was answered already, or was not handed in.' },

  export_period_invalid: { what: 'This period cannot be used.', next: 'The first day has to come before the last.' },
  export_unknown: { what: 'This export is no longer here.', next: 'Start it again.' },
}
