import { likeness, type NameForms, nameForms } from '../names.ts'

/** A person on a list: every name that it gives, and the years of birth where it gives some. */
export type ListedPerson = { readonly reference: string; readonly names: readonly string[]; readonly bornIn: readonly string[] }

export type SanctionsList = {
  /** The day on which it was made, as it says itself. */
  readonly madeOn: string
  readonly persons: readonly ListedPerson[]
}

/** An entry whose name is like the one that was looked for: for a person to judge, never a refusal by itself. */
export type Screened = {
  readonly reference: string
  readonly name: string
  /** In per cent. */
  readonly likeness: number
  readonly bornIn: readonly string[]
}

export type Screen = (names: readonly string[]) => readonly Screened[]

const hitFrom = 0.9
const mostHits = 20

type Prepared = { readonly person: ListedPerson; readonly names: readonly { readonly name: string; readonly forms: NameForms }[] }

function bestName(prepared: Prepared, wanted: readonly NameForms[]): Screened {
  let best = { name: '', likeness: 0 }
  for (const { name, forms } of prepared.names)
    for (const form of wanted) {
      const alike = likeness(form, forms)
      if (alike > best.likeness) best = { name, likeness: alike }
    }
  const { reference, bornIn } = prepared.person
  return { reference, name: best.name, likeness: Math.round(best.likeness * 100), bornIn }
}

/** Prepares a list once, so that a name is held against tens of thousands of others in a moment. Answers the likest entries first, at most twenty. */
export function screenAgainst(list: SanctionsList): Screen {
  const all = list.persons.map(person => ({ person, names: person.names.map(name => ({ name, forms: nameForms(name) })) }))
  return names => {
    const wanted = names.filter(name => name !== '').map(nameForms)
    return all
      .map(prepared => bestName(prepared, wanted))
      .filter(found => found.likeness >= hitFrom * 100)
      .sort((a, b) => b.likeness - a.likeness || (a.reference < b.reference ? -1 : 1))
      .slice(0, mostHits)
  }
}
