import type { OutputOf } from '#contracts/bridge/index.ts'
import type { Command, Terminal } from '../command.ts'
import { movementNamed } from '../movements.ts'
import { jsonText, plain } from '../safeText.ts'
import { pairs, table } from '../table.ts'

/** What stands on the movement now, and how far it has come. */
function show({ isJson, print, note, say }: Terminal, annotation: OutputOf<'notes.of'>): void {
  if (isJson) {
    print(jsonText(annotation))
    return
  }
  print(
    pairs([
      [say('cli.note.labels'), annotation.labels.join(', ')],
      [say('cli.note.note'), annotation.note],
    ]),
  )
  note(say(`notes.kept_${annotation.kept}`))
}

export const note: Command = {
  usage: 'note MOVEMENT [TEXT]',
  about: 'cli.about.note',
  options: {},
  words: [1, 2],
  needsWallet: true,
  async run(terminal, [movement = '', text]) {
    const id = await movementNamed(terminal, movement)
    show(terminal, text === undefined ? await terminal.call('notes.of', { id }) : await terminal.call('notes.write', { id, note: text }))
  },
}

export const label: Command = {
  usage: 'label [MOVEMENT LABEL [--remove]]',
  about: 'cli.about.label',
  options: { remove: { type: 'boolean' } },
  words: [0, 2],
  needsWallet: true,
  async run(terminal, [movement, text], values) {
    const { isJson, print, say } = terminal
    const id = movement === undefined ? undefined : await movementNamed(terminal, movement)
    if (id !== undefined && text !== undefined) {
      return show(terminal, await terminal.call(values['remove'] === true ? 'notes.unlabel' : 'notes.label', { id, label: text }))
    }
    if (id !== undefined) return show(terminal, await terminal.call('notes.of', { id }))
    const { labels } = await terminal.call('notes.labels', {})
    if (isJson) return print(jsonText(labels))
    if (labels.length === 0) return print(say('cli.label.none'))
    const columns = [
      { title: say('notes.filter'), align: 'left' },
      { title: say('cli.label.count'), align: 'right' },
    ] as const
    print(
      table(
        columns,
        labels.map(one => [plain(one.label), String(one.count)]),
      ),
    )
  },
}
