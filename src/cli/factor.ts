import type { Act, Challenge, Way } from '#contracts/wire/secondFactor.ts'
import type { Terminal } from './command.ts'
import { NotDone } from './failure.ts'

type Answering = {
  readonly send: (challengeId: string) => Promise<unknown>
  readonly answer: (challengeId: string, way: Way, code: string) => Promise<unknown>
}

/** What was typed shows its way: six digits are of the app (or the mail, where there is no app), anything else is a recovery code. */
const wayOf = (ways: readonly Way[], code: string): Way => {
  const isDigits = /^[0-9\s-]{6,9}$/.test(code)
  if (isDigits) return ways.includes('app') ? 'app' : 'mail'
  return 'recovery'
}

/** Asks for a code of the second factor; where only the mail is left, one is sent first. `NotDone` where nobody types one. */
export async function giveFactor({ ask, say, note }: Terminal, challenge: Challenge, { send, answer }: Answering): Promise<void> {
  const { challengeId, ways } = challenge
  if (!ways.includes('app')) {
    await send(challengeId)
    note(say('cli.factor.sent'))
  }
  const code = (await ask(say(ways.includes('app') ? 'cli.factor.app' : 'cli.factor.mail')))?.trim() ?? ''
  if (code === '') throw new NotDone(say('cli.factor.none'))
  await answer(challengeId, wayOf(ways, code), code)
}

/** A code approves just this act. Answers the proof: a command is found by its id, anything else takes it. */
export async function approve(terminal: Terminal, act: Act): Promise<string> {
  const { call } = terminal
  const challenge = await call('secondFactor.ask', { act })
  await giveFactor(terminal, challenge, {
    send: challengeId => call('secondFactor.sendCode', { challengeId }),
    answer: (challengeId, way, code) => call('secondFactor.answer', { challengeId, way, code }),
  })
  return challenge.challengeId
}
