/** Mails: plain text. Every one ends with `foot`. */
export const mail = {
  code: {
    subject: 'Your code for {service}',
    text: 'Your code is\n\n    {code}\n\nIt holds for {minutes} minutes. Type it into OKPAY to go on with your registration.\n\nNobody of {service} will ever ask you for it. If you did not ask for a code, ignore this mail: without it nothing happens.',
  },
  hasAccount: {
    subject: 'You already have an account with {service}',
    text: 'Somebody, probably you, has just tried to register with this address. It already has an account, so none was made.\n\nTo use it, choose "Sign in" in OKPAY and give this address and your password.\n\nIf it was not you, there is nothing to do: nobody learned that you have an account.',
  },
  noAccount: {
    subject: 'There is no account with {service} for this address',
    text: 'Somebody, probably you, has just asked for a new password for an account with this address. There is none.\n\nPerhaps you registered with another address. If it was not you, there is nothing to do.',
  },
  resetCode: {
    subject: 'Your code for a new password',
    text: 'Your code is\n\n    {code}\n\nIt holds for {minutes} minutes. Type it into OKPAY to choose a new password.\n\nNobody of {service} will ever ask you for it. If you did not ask for a new password, ignore this mail: without the code nothing happens.',
  },
  factorCode: {
    subject: '{act, select, sign_in {Your code to sign in} payment {Your code to approve a payment} other {Your code to approve a change}}',
    text: 'Your code is\n\n    {code}\n\nIt holds for {minutes} minutes, and for this alone:\n\n    {act, select, sign_in {signing in on a new device} payment {paying {amount} to {whom}} device {signing the device {whom} out} limit {asking for a limit of {amount}} contact {changing the {whom, select, email {e-mail} phone {telephone number} other {postal address}} of the account} password {changing the password} app_off {turning the authenticator app off} mail_on {turning codes by e-mail on} mail_off {turning codes by e-mail off} unfreeze {unlocking the account that you froze} recovery {making new recovery codes} phrase {changing the phrase of our mails} other {asking for codes only above {amount}}}\n\nNobody of {service} will ever ask you for it. If this was not you, give it to nobody and write to {supportEmail} at once.',
  },
  contactCode: {
    subject: 'Your code for {service}',
    text: 'Your code is\n\n    {code}\n\nIt holds for {minutes} minutes. Type it into OKPAY, and this {what, select, email {e-mail} other {telephone number}} is the one of your account.\n\nNobody of {service} will ever ask you for it. If you did not ask for a code, ignore this mail: without it nothing happens.',
  },
  contactChanged: {
    subject:
      '{what, select, email {The e-mail of your account was changed} phone {The telephone number of your account was changed} other {The address of your account was changed}}',
    text: 'Hello {name},\n\n{what, select, email {the e-mail of your account is another one now: {masked}} phone {the telephone number of your account is another one now: {masked}} other {the postal address of your account is another one now}} ({at}).\n\nIf this was you, there is nothing to do. If it was not, take it back with this link, until {until}:\n\n    {url}\n\nIt signs the device out that asked for the change, and those that signed in since. Then write to {supportEmail}.',
  },
  contactUndone: {
    subject:
      '{what, select, email {The e-mail of your account is the one of before} phone {The telephone number of your account is the one of before} other {The address of your account is the one of before}}',
    text: 'Hello {name},\n\nthe change was taken back with the link in our mail ({at}), and the device that asked for it was signed out, with those that signed in since.\n\nIf you did not ask for the change, somebody knows your password: change it in OKPAY under Settings, and write to {supportEmail}.',
  },
  safety: {
    subject:
      '{what, select, app_on {An authenticator app protects your account now} app_off {The authenticator app of your account was turned off} mail_on {Codes by e-mail are on} mail_off {Codes by e-mail are off} recovery_renewed {You have new recovery codes} recovery_used {A recovery code was used} password_changed {Your password was changed} phrase_changed {The phrase of our mails to you was changed} reset_waiting {A new password was asked for} other {The new password was stopped}}',
    text: 'Hello {name},\n\n{what, select, app_on {since {at} we ask for a code of your authenticator app when somebody signs in, and for large payments. Keep your recovery codes where you find them without your phone.} app_off {the authenticator app of your account was turned off ({at}). Your password alone opens it now.} mail_on {since {at} codes can also be sent to this address. They are weaker than an app: whoever reads your mail has them.} mail_off {no codes are sent to this address any more ({at}).} recovery_renewed {you have ten new recovery codes ({at}). The old ones are void.} recovery_used {one of your recovery codes was used ({at}). Each is good once; make new ones in OKPAY under Settings before they run out.} password_changed {the password of your account was changed ({at}).} phrase_changed {the phrase of our mails to you was changed ({at}). From now on the new one stands in each of them.} reset_waiting {somebody asked for a new password for your account ({at}) and gave the code from this mailbox. Because your account has no authenticator app, the new password holds only from\n\n    {until}\n\nIf this was not you, stop it before then: in OKPAY under Settings on a device that is signed in, or by signing in with your present password.} other {the new password that was asked for was stopped ({at}). Your present one holds.}}\n\nIf this was not you, write to {supportEmail} at once.',
  },
  welcome: {
    subject: 'Your account with {service} is ready',
    text: 'Hello {name},\n\nyour account is open, and this device is signed in:\n\n    {device}\n    {at}\n\nIf this was not you, write to {supportEmail} at once.',
  },
  newDevice: {
    subject: 'A new device has signed in to your account',
    text: 'Hello {name},\n\na device that is new to us has signed in to your account with your password:\n\n    {device}\n    {at}\n\nIf this was you, there is nothing to do. If not, write to {supportEmail} at once: we stop all payments and sign the device out.',
  },
  deviceRevoked: {
    subject: 'A device was signed out of your account',
    text: 'Hello {name},\n\nfrom another of your devices this one was signed out:\n\n    {device}\n    {at}\n\nIt can neither read nor pay any more. If you did not do this, write to {supportEmail} at once.',
  },
  answered: {
    subject: 'An answer to your question {number}',
    text: 'Hello {name},\n\nyou asked us (question {number}):\n\n{question}\n\nOur answer:\n\n{answer}\n\nIt also stands in OKPAY under Help.',
  },
  identity: {
    subject:
      '{what, select, in_review {We have what you handed in} verified {Your identity is verified one step further} rejected {A step of your identity was not accepted} expired {Your identity document has run out} other {We need something more about your identity}}',
    text: 'Hello {name},\n\n{what, select, in_review {we have what you handed in for the step “{step, select, details {Details} document {Document} other {Finances}}”. A person looks at it, mostly within a day; you hear of it here.} verified {the step “{step, select, details {Details} document {Document} other {Finances}}” is verified. Your limits in OKPAY are as they stand under Settings.} rejected {the step “{step, select, details {Details} document {Document} other {Finances}}” was not accepted. {code, select, unreadable {The picture cannot be read: part of it is cut off, blurred or in glare.} expired {The document has run out.} not_accepted {This kind of document cannot be accepted.} other_person {The document does not show the person of this account.} altered {The picture or the document was altered.} incomplete {A page or side is missing.} not_served {We cannot offer this where you live.} other {}}\n\n{sentence}\n\nYou can hand it in again in OKPAY under Settings.} expired {the last day of your identity document has passed. Hand in a new one in OKPAY under Settings; until then the limits of the step before hold.} other {we need something more for the step “{step, select, details {Details} document {Document} other {Finances}}”:\n\n{sentence}\n\nYou can hand it in in OKPAY under Settings.}}\n\nWe never ask for documents by mail, and never for passwords. If this was not you, write to {supportEmail} at once.',
  },
  securityHold: {
    subject: 'Payments from your account are stopped for a security check',
    text: 'Hello {name},\n\nsince {at} no money can leave your account, {reason, select, risk {because a payment seemed unusual for you} report {because somebody reported something that we have to look at} other {while we check your account}}. Your balance is unchanged and money can still come in.\n\nAsk us in OKPAY under Help, or write to {supportEmail}: a person looks at it and tells you what is needed. Two of us then unlock it together.',
  },
  securityHoldOver: {
    subject: 'You can pay again',
    text: 'Hello {name},\n\nthe security check of your account is done. You can pay again as before.',
  },
  freeze: {
    subject:
      '{what, select, set {Your account is frozen} opening {Somebody asked to unlock your account} stopped {Your account stays frozen} other {Your account is unlocked}}',
    text: 'Hello {name},\n\n{what, select, set {since {at} your account is frozen: no money can leave it. Money can still come in, and help, statements and exports work as before.\n\nTo unlock it, open OKPAY, then Settings, "Freeze the account". You give your password and a code of your authenticator app; without an app a code that we send you by mail, and then it takes a day.} opening {somebody gave your password and the code from this mailbox to unlock your frozen account ({at}). Because no authenticator app was on when it was frozen, it is unlocked only at\n\n    {until}\n\nIf this was not you, freeze it again before then: in OKPAY under Settings, or in the terminal with "okpay freeze".} stopped {the unlocking of your account was stopped ({at}). It stays frozen.} other {your account is unlocked ({at}). You can pay again as before.}}\n\nIf this was not you, write to {supportEmail} at once.',
  },
  limitAnswered: {
    subject: 'Our answer to your wish for a higher limit',
    text: 'Hello {name},\n\nyou asked for a limit of {asked} for {limit, select, per_payment {one payment} per_month {one month} other {one day}}.\n\nFrom now on you can set it up to {amount}, in OKPAY under Settings.{reason, select, none {} other {\n\n{reason}}}\n\nIf you want to know why, or need more, ask us in OKPAY under Help, or write to {supportEmail}.',
  },
  limitRefused: {
    subject: 'Our answer to your wish for a higher limit',
    text: 'Hello {name},\n\nyou asked for a limit of {asked} for {limit, select, per_payment {one payment} per_month {one month} other {one day}}. We cannot raise it now, and this is why:\n\n{reason}\n\nYour limit stays as it is. You can ask again at any time in OKPAY under Settings, or write to {supportEmail}.',
  },
  freezeLink:
    'If this was not you, freeze your account: open this link and press the button. No money can leave it then, until you unlock it in OKPAY.\n\n    {url}',
  riskAlert: {
    subject:
      '{state, select, waiting {A payment from your account waits for a check} refused {A payment from your account was stopped} other {A payment from your account was not confirmed}}',
    text: 'Hello {name},\n\na payment from your account looks unusual:\n\n    {amount} to {shop}\n    {at}\n\n{reasons}\n\n{state, select, waiting {Its money is set aside. A person of {service} looks at it, for three days at most; then it goes back to you.} refused {It was stopped, and no money has left.} other {It needs a code, and none was given. No money has left.}}\n\nOpen OKPAY and say whether it was you. If you say that it was not, we stop all payments at once, sign that device out and open a message to our people. If you cannot open OKPAY, write to {supportEmail}.',
  },
  riskDecided: {
    subject: '{what, select, approved {Your payment was approved} other {Your payment was not made}}',
    text: 'Hello {name},\n\nwe have looked at your payment of {amount} to {shop}.\n\n{what, select, approved {It was approved, and the shop has the money.} lapsed {Nobody came to a decision in time. The money is yours again; you can ask us, and pay anew.} other {It was not approved. The money is yours again.}}\n\nIf you want to know why, ask us in OKPAY under Help, or write to {supportEmail}.',
  },
  phrase: 'Your phrase: {phrase}',
  foot: '{service} · {supportEmail}',
  footSandbox: '{service} · {supportEmail}\nThis is a sandbox: it moves no real money.',
} as const
