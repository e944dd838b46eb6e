import { resolve } from 'node:path'
import type { Verification } from '#contracts/bridge/provider.ts'
import { formatCalendarDay, formatMoment } from '#locales/dates.ts'
import { sayMismatch } from '#locales/mismatches.ts'
import type { Command, Terminal } from '../command.ts'
import { NotDone, Unusable, WrongUse } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'
import { table } from '../table.ts'

/** Prints what was found, for people or as the method's own answer. */
function show({ isJson, locale, print, say, now }: Terminal, found: Verification): void {
  if (isJson) {
    print(jsonText(found))
    return
  }
  const { verified, root, mismatch, earlier } = found
  if (mismatch) print(plain([say('provider.banner'), sayMismatch(locale, mismatch), say('provider.bannerNext')].join('\n')))
  else if (verified) print(say('provider.verified', { count: verified.movements }))
  if (verified) {
    const columns = [say('provider.until'), say('provider.at'), say('provider.key')].map(title => ({ title, align: 'left' }) as const)
    print(table(columns, [[String(verified.position), formatMoment(locale, verified.checkedAt, now()), verified.keyId]]))
  }
  if (root) {
    const columns = [say('provider.rootDay'), say('provider.rootFingerprint')].map(title => ({ title, align: 'left' }) as const)
    print(table(columns, [[formatCalendarDay(locale, root.day, now()), root.fingerprint]]))
  }
  for (const { at } of earlier) print(say('provider.earlier', { at: formatMoment(locale, at, now()) }))
}

/** How it ends: done, or not (2) where it does not add up, or a fault (3) where nothing could be checked yet. */
function end({ isJson, say }: Terminal, { verified, mismatch }: Verification): void {
  if (mismatch) throw new NotDone(isJson ? '' : say('cli.verify.kept'))
  if (!verified) throw new Unusable(say('cli.verify.unchecked'))
}

async function goOn(terminal: Terminal): Promise<Verification> {
  const { mismatch } = await terminal.call('provider.state', {})
  if (!mismatch) throw new WrongUse(terminal.say('cli.verify.nothing'))
  const answer = await terminal.ask(terminal.say('cli.verify.confirm'))
  if (answer?.trim().toLowerCase() !== 'yes') throw new NotDone(terminal.say('cli.verify.notGone'))
  await terminal.call('provider.goOn', { id: mismatch.id })
  return terminal.call('provider.check', {})
}

async function saveEvidence(terminal: Terminal, file: string): Promise<void> {
  const { mismatch, earlier } = await terminal.call('provider.state', {})
  const newest = mismatch ?? earlier[0]
  if (!newest) throw new NotDone(terminal.say('cli.verify.noEvidence'))
  const saved = await terminal.call('provider.saveEvidence', { id: newest.id, path: resolve(file) })
  terminal.print(terminal.isJson ? jsonText(saved) : terminal.say('cli.verify.saved', saved))
}

export const verify: Command = {
  usage: 'verify [--evidence FILE | --go-on]',
  about: 'cli.about.verify',
  options: { evidence: { type: 'string' }, 'go-on': { type: 'boolean' } },
  words: [0, 0],
  needsWallet: true,
  async run(terminal, _words, values) {
    const { evidence } = values
    if (typeof evidence === 'string') return saveEvidence(terminal, evidence)
    const found = values['go-on'] === true ? await goOn(terminal) : await terminal.call('provider.check', {})
    show(terminal, found)
    end(terminal, found)
  },
}
