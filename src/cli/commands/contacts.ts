import type { ContactView } from '#contracts/bridge/personal.ts'
import type { Command, Terminal, Values } from '../command.ts'
import { NotDone, WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

const textOf = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined)

async function list({ call, isJson, print, say }: Terminal, query: string | undefined): Promise<void> {
  const { contacts } = await call('contacts.list', query === undefined ? {} : { query })
  if (isJson) return print(jsonText(contacts))
  if (contacts.length === 0) return print(say(query === undefined ? 'contacts.emptyTitle' : 'contacts.noneTitle'))
  const columns = (['contacts.name', 'contacts.email', 'contacts.note', 'cli.contacts.id'] as const).map(
    key => ({ title: say(key), align: 'left' }) as const,
  )
  print(
    table(
      columns,
      contacts.map(({ name, email, note, id }) => [name, email, note.split('\n')[0] ?? '', id]),
    ),
  )
}

function tell({ isJson, print, note, say }: Terminal, contact: ContactView): void {
  if (isJson) {
    print(jsonText(contact))
    return
  }
  print(say('contacts.kept', { name: contact.name }))
  note(say(`notes.kept_${contact.kept}`))
}

/** The one contact that the person means: by its id, or by its whole name. */
async function named({ call, say }: Terminal, wanted: string): Promise<ContactView> {
  const { contacts } = await call('contacts.list', {})
  const found = contacts.filter(({ id, name }) => id === wanted || name === wanted)
  const [only] = found
  if (!only) throw new NotDone(say('cli.contacts.unknown', { name: wanted }))
  if (found.length > 1) throw new WrongUse(say('cli.contacts.several', { name: wanted }))
  return only
}

const fieldsOf = (values: Values) => {
  const [email, note] = [textOf(values['email']), textOf(values['note'])]
  return { ...(email === undefined ? {} : { email }), ...(note === undefined ? {} : { note }) }
}

export const contacts: Command = {
  usage: 'contacts [list [TEXT] | add NAME [--email E-MAIL] [--note TEXT] | remove NAME|ID]',
  about: 'cli.about.contacts',
  options: { email: { type: 'string' }, note: { type: 'string' } },
  words: [0, 2],
  needsWallet: true,
  async run(terminal, [act = 'list', text], values) {
    const { say, print, isJson, call, makeId } = terminal
    if (act === 'list') return list(terminal, text)
    if (text === undefined || (act !== 'add' && act !== 'remove')) throw new WrongUse(say('cli.wrong.words', { usage: contacts.usage }))
    if (act === 'add') return tell(terminal, await call('contacts.save', { id: makeId(), name: text, ...fieldsOf(values) }))
    const { id, name } = await named(terminal, text)
    const removed = await call('contacts.remove', { id })
    print(isJson ? jsonText(removed) : say('contacts.removed', { name }))
  },
}
