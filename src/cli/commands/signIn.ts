import type { Command } from '../command.ts'
import { giveFactor } from '../factor.ts'
import { NotDone } from '../failure.ts'
import { jsonText } from '../safeText.ts'

/** Signs this wallet in: the password is asked for and never an argument; then a code, where the account has a second factor. */
export const signIn: Command = {
  usage: 'sign-in E-MAIL',
  about: 'cli.about.signIn',
  options: {},
  words: [1, 1],
  needsWallet: true,
  async run(terminal, [email = '']) {
    const { call, say, print, isJson } = terminal
    const password = await terminal.askSecret(say('cli.factor.password'))
    if (!password) throw new NotDone(say('cli.factor.none'))
    const begun = await call('account.signIn', { email, password })
    if (begun.state === 'second_factor')
      await giveFactor(terminal, begun.challenge, {
        send: challengeId => call('account.sendSignInCode', { challengeId }),
        answer: (challengeId, way, code) => call('account.answerSignIn', { challengeId, way, code }),
      })
    const profile = await call('account.profile', {})
    print(isJson ? jsonText(profile) : say('cli.factor.signedIn', { name: profile.name }))
  },
}
