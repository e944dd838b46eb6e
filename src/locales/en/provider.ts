import type { MismatchCode } from '#core/wallet/mismatch.ts'

/** What does not add up, in a sentence for people; the field's words stand in the evidence. */
const mismatch: Record<MismatchCode, string> = {
  posting_impossible: 'The service told of a movement that no book could hold.',
  posting_changed: 'The service told an earlier movement anew, with other amounts.',
  account_wrong: 'The service told of a movement of another person as if it were yours.',
  version_wrong:
    'A movement in {currency} is missing, doubled or out of order: movement {here} was next, and the service told number {there}.',
  chain_broken: 'Movement {version} in {currency} does not follow from what the service told before: something in it was changed.',
  balance_wrong: 'The service says that your balance is {there}. By the movements that it told, it is {here}.',
  heads_missing: 'The service did not sign what it told.',
  heads_of_other: 'The service signed the balances of another person.',
  heads_old: 'The service signed an older state of your account than the one that it told.',
  key_unknown: 'What the service told is signed by a key that this wallet does not know.',
  signature_wrong: 'The signature under what the service told is not valid.',
  account_missing:
    '{missing, select, here {The service signed a balance in {currency} that it never told.} other {The service left out your balance in {currency} when it signed.}}',
  head_wrong:
    'The service signed another history of your {currency} balance than the one that it told: here it has {here} movements, there {there}.',
  rows_lost: 'The service no longer knows what it told: its account of you ends at row {there}, and row {here} was told.',
  root_changed: 'The service tells another daily root for {day} than before: others may be told another story.',
  root_unlinked: 'The daily root of {day} does not follow from the one before it.',
  root_early: 'The service signed the root of {day} before that day was over.',
  proof_wrong: 'The service cannot prove that your {currency} balance stands in the daily root of {day}.',
  root_wrong: 'The daily root of {day} has another history of your {currency} balance than the one that was told here.',
  root_old: 'In the daily root of {day} your {currency} balance has {there} movements. By then {here} had been told.',
  root_missing: 'Your {currency} balance is not in the daily root of {day}.',
}

export const provider = {
  mismatch,
  verified: '{count, plural, =0 {Checked: the signed books add up} one {Checked: # movement adds up} other {Checked: # movements add up}}',
  verifiedAt: '{at}, against the signature of the service',
  unchecked: 'Not checked yet',
  stopped: 'Stopped: what the service told does not add up',
  title: 'Checking the service',
  sub: 'This wallet adds up every movement again and compares it with what the service has signed.',
  count: 'Movements checked',
  until: 'Up to row',
  at: 'Checked',
  key: 'Signed by key',
  rootDay: 'Last daily root checked',
  rootFingerprint: 'Its fingerprint',
  rootHint: 'Everybody who compares the root of this day has the same fingerprint: your other devices, other people, the service.',
  check: 'Check now',
  banner: 'What the service told does not add up.',
  bannerNext: 'Nothing of it was taken over, and this wallet pays nothing until you decide.',
  save: 'Save the evidence',
  saved: 'The evidence is in {path}',
  goOn: 'Go on anyway',
  goOnTitle: 'Go on although it does not add up?',
  goOnMeans:
    'The wallet forgets what it had checked, reads your account anew from the first row, and takes what the service tells now for true. If that adds up, it shows it and pays again. If not, it stops again.',
  goOnLoses:
    'A difference between what the service told before and what it tells now is then no longer seen here. The evidence is kept on this computer.',
  goOnFirst: 'Save the evidence first, and ask the people of the service.',
  goOnType: 'To go on, type: {word}',
  goOnWord: 'go on',
  goneOn: 'The wallet reads and checks everything anew.',
  earlier: 'It did not add up on {at}, and you went on.',
}
