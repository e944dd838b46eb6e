import type { ContactDetails, ContactWish } from '#contracts/wire/contactDetails.ts'
import { formatMoment } from '#locales/dates.ts'
import { placeName } from '#locales/places.ts'
import type { Command, Terminal } from '../command.ts'
import { approve } from '../factor.ts'
import { NotDone, WrongUse } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'
import { pairs } from '../table.ts'

function show({ isJson, locale, now, print, say }: Terminal, details: ContactDetails): void {
  if (isJson) {
    print(jsonText(details))
    return
  }
  const { email, phone, address, undo } = details
  const none = say('contactDetails.none')
  const lines = address ? [address.street, `${address.postalCode} ${address.city}`.trim(), placeName(locale, address.country)] : [none]
  print(
    pairs([
      [say('contactDetails.email'), plain(email)],
      [say('contactDetails.phone'), phone ?? none],
      [say('contactDetails.address'), lines.map(plain).join(', ')],
      ...undo.map(
        ({ kind, until }) =>
          [say(`contactDetails.${kind}`), say('contactDetails.undo', { until: formatMoment(locale, until, now()) })] as const,
      ),
    ]),
  )
}

/** What the words after `details` wish; undefined where they are none. */
function wishOf([kind, first, city, postalCode, country]: readonly string[]): ContactWish | undefined {
  if (first === undefined) return undefined
  if (kind === 'email' && city === undefined) return { kind, email: first }
  if (kind === 'phone' && city === undefined) return { kind, phone: first }
  if (kind !== 'address' || city === undefined || postalCode === undefined || country === undefined) return undefined
  return { kind, address: { street: first, city, postalCode, country: country.toUpperCase() } }
}

async function change(terminal: Terminal, wish: ContactWish): Promise<ContactDetails> {
  const { ask, askSecret, call, say } = terminal
  const password = await askSecret(say('cli.factor.password'))
  if (!password) throw new NotDone(say('cli.factor.none'))
  const { appSince, mailSince } = await call('secondFactor.state', {})
  const proof = appSince === null && mailSince === null ? null : await approve(terminal, { kind: 'contact', wish })
  const step = await call('contactDetails.start', { wish, password, proof })
  if (step.state === 'done') return step.details
  const code = (await ask(say('cli.factor.contactCode')))?.trim() ?? ''
  if (code === '') throw new NotDone(say('cli.factor.none'))
  return call('contactDetails.finish', { changeId: step.changeId, code })
}

/** How one is reached, and changing it: the password and the second factor first, then the code that went to the new one. */
export const details: Command = {
  usage: 'details [email E-MAIL | phone NUMBER | address STREET CITY POSTAL-CODE COUNTRY]',
  about: 'cli.about.details',
  options: {},
  words: [0, 5],
  needsWallet: true,
  async run(terminal, words) {
    if (words.length === 0) return show(terminal, await terminal.call('contactDetails.state', {}))
    const wish = wishOf(words)
    if (!wish) throw new WrongUse(terminal.say('cli.wrong.words', { usage: details.usage }))
    const changed = await change(terminal, wish)
    if (!terminal.isJson) terminal.note(terminal.say('contactDetails.changed'))
    show(terminal, changed)
  },
}
