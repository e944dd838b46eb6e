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
  securityHold: {
    subject: 'Payments from your account are stopped for a security check',
    text: 'Hello {name},\n\nsince {at} no money can leave your account, while we look at something that seemed unusual. Your balance is unchanged and money can still come in.\n\nAsk us in OKPAY under Help, or write to {supportEmail}: a person looks at it and tells you what is needed.',
  },
  securityHoldOver: {
    subject: 'You can pay again',
    text: 'Hello {name},\n\nthe security check of your account is done. You can pay again as before.',
  },
  limitAnswered: {
    subject: 'Our answer to your wish for a higher limit',
    text: 'Hello {name},\n\nyou asked for a limit of {asked} for {limit, select, per_payment {one payment} other {one day}}.\n\nFrom now on it is {amount}. You see it in OKPAY under Settings.\n\nIf you want to know why, or need more, ask us in OKPAY under Help, or write to {supportEmail}.',
  },
  foot: '{service} · {supportEmail}',
  footSandbox: '{service} · {supportEmail}\nThis is a sandbox: it moves no real money.',
} as const
