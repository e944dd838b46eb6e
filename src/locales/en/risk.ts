import type { RuleName } from '#core/risk/rules/index.ts'

/** Why a payment was stopped to be looked at: each rule says what it saw. Read by the person and by operators. */
const reasons: Record<RuleName, string> = {
  velocity: 'More payments than usual: {hour} within an hour, {day} within a day; payees paid for the first time: {newPayees}.',
  amount_history: '{eurAmount} is {times} times the largest payment so far; the day comes to {dayTimes} times the largest day.',
  new_payee_large:
    '{eurAmount} to a payee who is new to this account; {payers, plural, =0 {nobody else} one {one other account} other {# other accounts}} had paid there before.',
  new_device_large:
    '{eurAmount} from a computer that this account has used for {hours, plural, =0 {less than an hour} one {# hour} other {# hours}}.',
  night: 'The payment came around {hour}:00, when this account hardly ever pays.',
  country_jump:
    'Country of the payment: {country}{hours, select, none {, where this account is hardly ever used} other {; {hours} h earlier the account was used in another country}}.',
  small_then_large: '{count, plural, one {A small payment} other {# small payments}}, and then one of {eurAmount}.',
  much_to_one:
    '{eurAmount} to this payee in about a month, {times} times what usually goes to all others; {payers, plural, =0 {nobody else} one {one other account} other {# other accounts}} had paid there before.',
  mule_pattern: '{percent}% of what came in goes out again after {hours} h; people who had never sent money here: {payers}.',
  dormant_wakes: 'Nothing had been paid from this account for {days, plural, one {# day} other {# days}}.',
  structuring: '{count, plural, one {# payment} other {# payments}} within three days, each just below what may be paid at once.',
  failed_codes: '{count, plural, one {# wrong code or password} other {# wrong codes or passwords}} within a day.',
  payee_reported: '{count, plural, one {Another account} other {# other accounts}} reported this payee.',
  shared_device: 'Other accounts used on this computer: {count}. Payments on it that were not confirmed by their person: {stopped}.',
}

export const risk = {
  reasons,
  slip_challenge: 'This payment looks unusual, so it needs a code:',
  slip_hold: 'This payment looks unusual. Its money is set aside, and a person of ours looks at it before the shop gets it:',
  title_asked: '{amount} to {shop} was asked for and not confirmed. Was it you?',
  title_confirmed: '{amount} to {shop} was confirmed with a code. Was it you?',
  title_waiting: '{amount} to {shop} waits until we have looked at it. Was it you?',
  title_refused: '{amount} to {shop} was stopped. Was it you?',
  title_lapsed: '{amount} to {shop} went back to you. Was it you?',
  title_approved: '{amount} to {shop} was approved.',
  title_denied: '{amount} to {shop} was not you.',
  slipNote: 'You can cancel until you confirm. If we do not decide in time, the money goes back to you.',
  toLook: 'Then a person of ours looks at it',
  waits: '{amount} to {shop} waits until we have looked at it',
  from: 'From {device}, {at}.',
  until: 'We decide before {at}; else the money goes back to you.',
  me: 'This was me',
  notMe: 'This was not me',
  notMeDoes: 'If it was not you, payments stop at once, that device is signed out, and a person of ours hears of it.',
  notMeDoesHere: 'If it was not you, payments stop at once, and a person of ours hears of it.',
  thanks: 'Thank you. We have noted that it was you.',
  stopped: 'Payments are stopped, and our people know.',
}
