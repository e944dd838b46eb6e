/** What `okpay-service` says in the terminal. */
export const service = {
  nodeTooOld: 'OKPAY needs Node 22 or newer; this is {version}.',
  usage:
    'okpay-service: the service that OKPAY wallets pay through\n\n  serve [--listen HOST:PORT] [--data DIR] [--sandbox] [--database postgres://USER@HOST/NAME]\n                                                       run the service; a URL with a password goes into OKPAY_DATABASE_URL\n  import-statement FILE                                import a bank file (camt.053)\n  waiting                                              bank entries that were not credited, and why\n  lock EMAIL risk|review|report                        stop all money out of an account; the person is told\n  unlock EMAIL                                         agree to unlock it: the second operator does (--as NAME, or their own OKPAY_OPERATOR_TOKEN)\n  locks EMAIL                                          every lock that an account had, and what became of it\n  set-limit EMAIL per_payment|per_day|per_month CURRENCY AMOUNT [REASON]\n                                                       set a limit of an account; answers a wish for a higher one\n  refuse-limit EMAIL per_payment|per_day|per_month REASON\n                                                       answer a wish for a higher limit with no\n  limit-requests                                       wishes for a higher limit that nobody has answered\n  risk queue|show ID|approve ID|refuse ID|note ID TEXT\n                                                       payments that wait for a look, with what was seen; a large one is approved by two\n                                                       operators\n  risk shadow                                          what the rule set in the shadow would decide otherwise\n  risk use VERSION [shadow]                            let a rule set decide, or judge in the shadow\n  identity queue                                       steps of people’s identity that wait for an answer\n  identity show EMAIL                                  what was typed beside what the document says\n  identity pages EMAIL FOLDER                          write the pictures of a step in review into a folder\n  identity approve EMAIL details|document|financial    verify a step\n  identity reject EMAIL STEP CODE [SENTENCE]           unreadable expired not_accepted other_person altered incomplete not_served\n  identity ask EMAIL STEP SENTENCE                     ask for something more\n  questions                                            open questions, oldest first\n  answer NUMBER TEXT                                   answer a question\n  rotate-key                                           make a new signing key, endorsed by the one before\n  root                                                 the newest daily root and its fingerprint, to compare\n  book --format hledger|ledger|beancount [--from DAY --to DAY]\n                                                       the whole book as text, on standard output\n  verify                                               add up and check the whole book again\n  backup FILE                                          an encrypted copy of the book, also while the service runs\n  restore FILE                                         put such a copy in the place of the book; the service must not run\n  migrate-store --from DIR|URL --to DIR|URL            move a whole service between a folder and PostgreSQL, and prove the two\n                                                       equal; the service must not run\n  audit list|verify                                    what operators did and what touched the safety of accounts; whether all of it stands\n  help                                                 this page\n\nserve, book, verify, backup, restore, migrate-store and audit open the data themselves; the others talk to the service that runs on it, and --json prints what it answers.\nDone 0, refused 2, something outside failed 3, used wrongly 64.',
  refused: {
    database_damaged:
      'The book of the service is damaged. It was left as it is. Put your last good copy in its place: okpay-service restore FILE.',
    database_newer: 'The book of the service was written by a newer OKPAY. It was left untouched. Install the newer version.',
    database_too_old:
      'The book of the service was written by an early version of OKPAY, whose tables this version does not read. It was left untouched. Run it with the version that wrote it.',
    database_unfinished:
      'This book was being filled from another one, and that did not come to its end. It is not used. Put it away and move the other one once more.',
    database_key_wrong:
      'The book of the service cannot be opened with the key that was given: the key is another one, or the book is damaged at its beginning. It was left untouched. Put the right one in its place, then try again.',
    folder_read_only: 'The service may not write to its folder. Allow writing there, or name another folder with --data.',
    disk_full: 'The disk is full. Nothing was lost. Free some space, then try again.',
    service_offline: 'The database of the service cannot be reached. Start it, or check its address and password, then try again.',
    unexpected:
      'OKPAY met an error that it did not expect. Nothing was left half done. Try again; if it stays, tell whoever maintains this service.',
  },
  wrongUse: 'This is not understood: {what}',
  listenWrong: '"{what}" is not HOST:PORT.',
  ready: 'OKPAY service ready: {url}',
  data: 'Data: {path}',
  keyMade: 'A database key was made: {path}. Keep a copy: without it the book cannot be opened.',
  keyWrong: 'The database key in {from} is not 32 bytes in hexadecimal (64 digits).',
  fileUnreadable: '{path} cannot be read.',
  alreadyRuns: 'A service runs on this data already: {url}',
  addressTaken: '{what} is already in use, or may not be used.',
  noneRuns: 'No service runs on {path}. Start it with "okpay-service serve", or name its folder with --data.',
  stopped: 'OKPAY service stopped.',
  bookMissing: 'There is no book in {path}. Name its folder with --data, or its database with --database.',
  verified:
    'The book adds up: {postings, plural, one {# posting} other {# postings}} on {accounts, plural, one {# account} other {# accounts}}, each sum zero, each chain whole{roots, plural, =0 {} one {; # daily root, signed and linked} other {; # daily roots, signed and linked}}.',
  notVerified: 'The book does not add up: {wrong}. The {postings, plural, one {# posting} other {# postings}} before it are sound.',
  auditEmpty: 'Nothing is written down yet.',
  auditVerified:
    'The audit log is whole: {lines, plural, one {# line} other {# lines}}, each following the one before it. The last one ends with {chain}.',
  auditNotVerified: 'The audit log was changed: {wrong}.',
  bookOlder: 'The book in {path} was written by an earlier version. Start the service on it once, then ask again.',
  copyPostgres:
    'This book is in PostgreSQL, whose own program copies it, also while the service runs:\n\n  pg_dump --format=custom --no-owner --no-privileges --file={file} {url}\n\nThe password comes from PGPASSWORD or ~/.pgpass. The file is not encrypted: keep it where the database is kept.',
  restorePostgres:
    'This book is in PostgreSQL. Make an empty database, put the copy into it by its own program, then add it up:\n\n  pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname={url} {file}\n  okpay-service verify --database {url}\n\nThe password comes from PGPASSWORD or ~/.pgpass.',
  moveInUse: 'The book in {path} is in use. Stop the service that runs on it, then ask again.',
  moveTaken:
    'There is something in {path} already. A service is moved into an empty place only; what an earlier move left there is put away first.',
  moveUnfinished: 'The move did not come to its end. What is in {path} is marked as unfinished and is not used; the source is as it was.',
  moveDiffers: 'The two are not equal: {what}. What is in {path} is marked as unfinished and is not used; the source is as it was.',
  moved:
    'Moved from {from} to {to}, and equal row by row: {postings, plural, one {# posting} other {# postings}} on {accounts, plural, one {# account} other {# accounts}} added up again to the same sums and hash chains, {feeds, plural, one {# feed} other {# feeds}} at the same positions ({positions, number} in all). Wallets go on when the service runs on {to}; do not start it on {from} again.',
  fileThere: '{path} is there already.',
  backedUp:
    'Copied to {path}: {postings, plural, one {# posting} other {# postings}} on {accounts, plural, one {# account} other {# accounts}}, added up. It opens with the same key.',
  restored:
    'The book is the copy now: {path}, {postings, plural, one {# posting} other {# postings}} on {accounts, plural, one {# account} other {# accounts}}, added up.',
  copyRefused: 'The copy was not used: {wrong}. Everything stays as it was.',
  keptAside: 'What was there before: {path}',
  fileMissing: 'There is no file {path}.',
  importRefused: 'Nothing was credited from {file}.',
  imported:
    '{file}: {credited, plural, one {# entry} other {# entries}} credited, {waiting} waiting, {seenBefore} seen before, {notMoneyIn} not money in.',
  statementProblem: 'Statement {id} of {account}: {problem}',
  outcomes: { credited: 'credited', waiting: 'waiting', seen_before: 'seen before', not_money_in: 'not money in' },
  nothingWaits: 'Nothing waits.',
  lockLine:
    '{since}  {by, select, holder {by the person} other {by the service}}  {reason}  {state, select, lifted {unlocked {at}} agreed {{who} agrees to unlock it; another operator is needed} opening {opens {at}} other {stands}}',
  noLocks: '{email} was never locked.',
  limitSet:
    '{kind, select, per_payment {Per payment} per_month {Per month} other {Per day}}{rail, select, crypto { in crypto} other {}}: {amount}, used {used}',
  limitRequest:
    '{at}  {email}  {kind, select, per_payment {one payment} per_month {one month} other {one day}}: {wished} wished for, now {now}{source, select, income { (from income)} savings { (from savings)} sale { (from a sale)} business { (from business)} gift { (from a gift or inheritance)} other {}}\n    {reason}',
  riskCase:
    '{id}  {at}  {email}\n    {amount} to {shop}, score {score}{endsAt, select, none {} other {; decide before {endsAt}}}{two, select, yes {; two operators} other {}}{approvedBy, select, none {} other {, approved by {approvedBy}}}{answer, select, me {; the holder says it was them} not_me {; the holder says it was not them} other {}}',
  riskSeen:
    '    {state}, judged by rule set {ruleSet}; country {country}, {hour}:00 where the holder lives; {device} ({system}), signed in since {since}',
  riskNothing: 'No payment waits.',
  riskDecided:
    '{id}: {state, select, approved {approved, the shop has the money} refused {refused, the money went back} other {approved by one; a second operator is needed}}',
  riskNoted: '{id}: {notes, plural, one {# note} other {# notes}}',
  riskShadow:
    'Rule set {active} decides, {shadow} judges in the shadow: {count, plural, =0 {no payment would have been decided otherwise} one {# payment would have been decided otherwise} other {# payments would have been decided otherwise}}.',
  riskUsed: 'Rule set {active} decides, {shadow} judges in the shadow.',
  identityNone: 'No step of anybody’s identity waits.',
  identityHits: '{hits, plural, one {# name on the sanctions list is alike} other {# names on the sanctions list are alike}}',
  identityHit: '  >> {reference}: {name} is {likeness} % alike, born {born}',
  identityNoList: '  There is no sanctions list: names were held against none (OKPAY_SANCTIONS_LIST).',
  identityRead: '<> the document says {read}',
  identityAnswered: '{email}: {step} is answered. They are verified by: {tier}.',
  noLimitRequests: 'Nobody waits for a higher limit.',
  noQuestions: 'No question is open.',
  root: 'Root of {day}: {fingerprint}\nSigned by key {keyId}. A wallet that has checked this day shows the same.',
  noRoot: 'No day has a root yet. The first is made within a minute.',
  keyRotated: 'Key {keyId} signs from now on, number {number} of this service. Wallets follow by the endorsement of the key before it.',
  answered: 'Question {number} is answered. The person is told in the app and by mail.',
}
