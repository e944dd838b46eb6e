import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { type Annotation, addLabel, annotationOf, movementSubject, removeLabel, writeNote } from '#core/personal/annotation.ts'
import type { Writing } from '#core/personal/register.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Personal } from '../sync/personal.ts'

type NotesParts = { readonly store: WalletStore; readonly personal: Personal }

/** A note and labels on a movement: kept here at once, and brought to the person's other devices. */
export function notesFeature({ store, personal }: NotesParts): Feature<'notes'> {
  const load = async (id: string): Promise<Annotation> => annotationOf(await store.registersOf(movementSubject(id)))

  async function view(id: string) {
    const { note, labels } = await load(id)
    const isHere = (await store.unsentSubjects()).includes(movementSubject(id))
    return ok({ note, labels: [...labels], kept: isHere ? ('here' as const) : ('everywhere' as const) })
  }

  async function change(id: string, decide: (annotation: Annotation) => Outcome<Writing>) {
    if (!(await store.movement(id))) return no('not_found')
    const writing = decide(await load(id))
    if (!writing.ok) return writing
    return (await personal.write([writing.value])) ? view(id) : no('notes_full')
  }

  return {
    of: async ({ id }) => ((await store.movement(id)) ? view(id) : no('not_found')),
    write: ({ id, note }) => change(id, () => writeNote(id, note)),
    label: ({ id, label }) => change(id, annotation => addLabel(id, annotation, label)),
    unlabel: ({ id, label }) => change(id, () => ok(removeLabel(id, label))),
    labels: async () => ok({ labels: [...(await store.labels())] }),
  }
}
