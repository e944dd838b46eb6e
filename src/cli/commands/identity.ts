import { readFile } from 'node:fs/promises'
import type { IdentityWire } from '#contracts/wire/identity.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatDay } from '#locales/dates.ts'
import type { Command, Terminal } from '../command.ts'
import { NotDone, WrongUse } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'
import { table } from '../table.ts'

const partBytes = 30_000
const uploadSteps = ['document', 'financial'] as const

/** The steps as a table: how each stands, what it gives, and what it asks for. */
function show({ locale, print, say, now }: Terminal, { tier, steps, gives, files }: IdentityWire): void {
  print(say('identity.stands', { tier: say(`identity.tier_${tier}`) }))
  const titles = ['cli.identity.step', 'cli.identity.state', 'cli.identity.perPayment', 'cli.identity.perDay', 'cli.identity.next'] as const
  print(
    table(
      titles.map(key => ({ title: say(key), align: 'left' }) as const),
      steps.map(({ step, state, endsOn, sentence, code }) => {
        const given = gives.find(one => one.tier === step)
        const next = state === 'verified' ? (endsOn === null ? '' : say('identity.until', { day: formatDay(locale, endsOn, now()) })) : ''
        const why = [code === null ? '' : say('identity.rejected', { code }), plain(sentence)].filter(Boolean).join(' ')
        const asked = why || (state === 'needs_input' ? say(`identity.takes_${step}`) : next)
        return [
          say(`identity.tier_${step}`),
          say(`identity.state_${state}`),
          given ? formatAmount(locale, given.perPayment) : '',
          given ? formatAmount(locale, given.perDay) : '',
          asked,
        ]
      }),
    ),
  )
  for (const { step, address, pages, isHandedIn } of files)
    print(say('cli.identity.file', { step: say(`identity.tier_${step}`), address, pages, isHandedIn: isHandedIn ? 'yes' : 'no' }))
}

async function upload(terminal: Terminal, word: string, path: string): Promise<void> {
  const { call, isJson, print, say, makeId } = terminal
  const step = uploadSteps.find(known => known === word)
  if (!step) throw new WrongUse(say('cli.wrong.words', { usage: identity.usage }))
  const file = await readFile(path).catch(() => {
    throw new NotDone(say('cli.identity.unreadable', { path }))
  })
  const fileId = makeId()
  const parts = Math.max(1, Math.ceil(file.length / partBytes))
  for (let index = 0; index < parts; index += 1) {
    const content = file.subarray(index * partBytes, (index + 1) * partBytes).toString('base64')
    await call('identity.filePart', { fileId, index, content })
  }
  const added = await call('identity.upload', { fileId, step })
  print(isJson ? jsonText(added) : say('cli.identity.added', { address: added.address, pages: added.pages }))
}

export const identity: Command = {
  usage: 'identity [show | upload document|financial FILE]',
  about: 'cli.about.identity',
  options: {},
  words: [0, 3],
  needsWallet: true,
  async run(terminal, [act = 'show', step, path]) {
    if (act === 'show' && step === undefined) {
      const known = await terminal.call('identity.overview', {})
      return terminal.isJson ? terminal.print(jsonText(known)) : show(terminal, known)
    }
    if (act === 'upload' && step !== undefined && path !== undefined) return upload(terminal, step, path)
    throw new WrongUse(terminal.say('cli.wrong.words', { usage: identity.usage }))
  },
}
