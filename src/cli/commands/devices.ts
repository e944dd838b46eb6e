import type { DeviceView } from '#contracts/bridge/devices.ts'
import { formatMoment } from '#locales/dates.ts'
import { placeName } from '#locales/places.ts'
import type { Command, Terminal } from '../command.ts'
import { approve } from '../factor.ts'
import { NotDone, Refusal, WrongUse } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'
import { table } from '../table.ts'

/** Devices as a table; the one that asks has a star. */
function show({ locale, print, say, now }: Terminal, devices: readonly DeviceView[]): void {
  const titles = ['devices.name', 'devices.system', 'devices.lastUse', 'devices.place', 'devices.id'] as const
  print(
    table(
      [{ title: '', align: 'left' } as const, ...titles.map(key => ({ title: say(key), align: 'left' }) as const)],
      devices.map(({ isThis, name, system, usedAt, country, id }) => [
        isThis ? '*' : '',
        name,
        system,
        usedAt === null ? say('devices.usedUnknown') : formatMoment(locale, usedAt, now()),
        country === null ? '' : placeName(locale, country),
        id,
      ]),
    ),
  )
}

/** The one device that the person means: by its id, or by its whole name. */
async function named(terminal: Terminal, wanted: string): Promise<DeviceView> {
  const { devices } = await terminal.call('devices.list', {})
  const found = devices.filter(({ id, name }) => id === wanted || name === wanted)
  const [only] = found
  if (!only) throw new NotDone(terminal.say('cli.devices.unknown', { name: wanted }))
  if (found.length === 1) return only
  const lines = found.map(({ id, name, system }) => [id, name, system].map(plain).join('  '))
  throw new WrongUse([terminal.say('cli.devices.several', { name: wanted }), ...lines].join('\n'))
}

async function rename(terminal: Terminal, wanted: string, name: string): Promise<void> {
  const { call, isJson, print, say, makeId } = terminal
  const { id: deviceId } = await named(terminal, wanted)
  const renamed = await call('devices.rename', { id: makeId(), deviceId, name })
  print(isJson ? jsonText(renamed) : say('devices.renamed', { name: renamed.name }))
}

async function revoke(terminal: Terminal, wanted: string, isSure: boolean): Promise<void> {
  const { call, ask, isJson, print, say, makeId } = terminal
  const { id: deviceId, name } = await named(terminal, wanted)
  const answer = isSure ? 'yes' : ((await ask(say('cli.devices.confirm', { name })))?.trim() ?? '')
  if (!/^(y|yes|是|好)$/i.test(answer)) throw new NotDone(say('cli.devices.notRevoked'))
  const revoked = await call('devices.revoke', { id: makeId(), deviceId }).catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || error.failure.code !== 'second_factor_required') throw error
    const id = makeId()
    await approve(terminal, { kind: 'device', commandId: id, deviceId })
    return call('devices.revoke', { id, deviceId })
  })
  print(isJson ? jsonText(revoked) : say('devices.revoked', { name }))
}

export const devices: Command = {
  usage: 'devices [list | rename NAME|ID NEW-NAME | revoke NAME|ID [--yes]]',
  about: 'cli.about.devices',
  options: { yes: { type: 'boolean', short: 'y' } },
  words: [0, 3],
  needsWallet: true,
  async run(terminal, [act = 'list', wanted, name], values) {
    if (act === 'list' && wanted === undefined) {
      const { devices: listed } = await terminal.call('devices.list', {})
      return terminal.isJson ? terminal.print(jsonText(listed)) : show(terminal, listed)
    }
    if (act === 'rename' && wanted !== undefined && name !== undefined) return rename(terminal, wanted, name)
    if (act === 'revoke' && wanted !== undefined && name === undefined) return revoke(terminal, wanted, values['yes'] === true)
    throw new WrongUse(terminal.say('cli.wrong.words', { usage: devices.usage }))
  },
}
