import type { OutputOf } from '#contracts/bridge/index.ts'
import type { Command, Terminal } from '../command.ts'
import { giveFactor } from '../factor.ts'
import { NotDone } from '../failure.ts'
import { jsonText } from '../safeText.ts'

function tell({ isJson, print, say }: Terminal, locks: OutputOf<'accountLock.state'>): void {
  if (isJson) {
    print(jsonText(locks))
    return
  }
  if (locks.standing.length === 0) print(say('accountLock.unlocked'))
  for (const { by, since, reason, opensAt } of locks.standing) {
    const [opens, ours] = [opensAt === null ? undefined : say('accountLock.opens', { at: opensAt }), say('accountLock.liftedBy_service')]
    const lines = [say(`accountLock.standsTitle_${by}`), say('accountLock.since', { at: since, reason }), by === 'service' ? ours : opens]
    print(lines.filter(line => line !== undefined).join('\n'))
  }
}

/** Stops all money out of the account, on every device, at once. */
export const freeze: Command = {
  usage: 'freeze',
  about: 'cli.about.freeze',
  options: {},
  words: [0, 0],
  needsWallet: true,
  run: async terminal => tell(terminal, await terminal.call('accountLock.freeze', {})),
}

/** The way back: the password of the account, then a code. */
export const unfreeze: Command = {
  usage: 'unfreeze',
  about: 'cli.about.unfreeze',
  options: {},
  words: [0, 0],
  needsWallet: true,
  async run(terminal) {
    const { call, say, askSecret } = terminal
    const password = await askSecret(say('cli.factor.password'))
    if (!password) throw new NotDone(say('cli.factor.none'))
    const challenge = await call('secondFactor.ask', { act: { kind: 'unfreeze' } })
    await giveFactor(terminal, challenge, {
      send: challengeId => call('secondFactor.sendCode', { challengeId }),
      answer: (challengeId, way, code) => call('secondFactor.answer', { challengeId, way, code }),
    })
    tell(terminal, await call('accountLock.unfreeze', { password, proof: challenge.challengeId }))
  },
}
