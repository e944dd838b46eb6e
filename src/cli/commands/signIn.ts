import type { Command } from '../command.ts'
import { giveFactor } from '../factor.ts'
import { NotDone, WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'

/** Signs this wallet in, or in again where its session has run out: the password is asked for and never an argument; then a code, where the account has a second factor. */
export const signIn: Command = {
  usage: 'sign-in [E-MAIL]',
  about: 'cli.about.signIn',
  options: {},
  words: [0, 1],
  needsWallet: true,
  async run(terminal, [email]) {
    const { call, say, print, isJson } = terminal
    const { signedIn, sessionExpired } = await call('app.state', {})
    const isAgain = signedIn && sessionExpired && email === undefined
    if (!isAgain && email === undefined) throw new WrongUse(say('cli.wrong.words', { usage: signIn.usage }))
    const password = await terminal.askSecret(say('cli.factor.password'))
    if (!password) throw new NotDone(say('cli.factor.none'))
    const begun = isAgain ? await call('account.signInAgain', { password }) : await call('account.signIn', { email: email ?? '', password })
    if (begun.state === 'second_factor')
      await giveFactor(terminal, begun.challenge, {
        send: challengeId => call('account.sendSignInCode', { challengeId }),
        answer: (challengeId, way, code) => call('account.answerSignIn', { challengeId, way, code }),
      })
    const profile = await call('account.profile', {})
    print(isJson ? jsonText(profile) : say('cli.factor.signedIn', { name: profile.name }))
  },
}
