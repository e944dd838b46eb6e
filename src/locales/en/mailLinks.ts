/** The pages of the links in our mails. */
export const mailLinks = {
  links: {
    freeze: {
      title: 'Freeze your account',
      text: 'No money can leave your account from the moment you press, on any device. Money still comes in, and help works. You unlock it in OKPAY, with your password and a code.',
      press: 'Freeze my account',
      done: 'Your account is frozen: no money can leave it. To unlock it, open OKPAY, then Settings, "Freeze the account". If somebody else was there, change your password too.',
    },
    contactUndo: {
      title: 'Take the change back',
      text: 'What our mail tells of goes back to what it was before. The device that asked for the change is signed out, and so are those that signed in since.',
      press: 'Take it back',
      done: 'It holds again as before, and those devices were signed out. Change your password in OKPAY under Settings if it was not you who asked.',
    },
  },
  gone: {
    title: 'This link is not good any more',
    text: 'It was used already, or its time is over. If you need help, answer the mail that it stands in.',
  },
  later: { title: 'Not just now', text: 'The service cannot answer at the moment. Try again in a minute.' },
} as const
