import { useQueryClient } from '@tanstack/react-query'
import type { InputOf, OutputOf } from '#contracts/bridge/index.ts'
import { type BridgeAction, useBridgeAction } from '../bridge/useBridge.ts'

/** Saves a contact and shows it at once; the wallet's news come a moment later. */
export function useSaveContact(): Pick<BridgeAction<'contacts.save'>, 'run' | 'isRunning' | 'failure'> {
  const queries = useQueryClient()
  const { run, isRunning, failure } = useBridgeAction('contacts.save')
  return {
    isRunning,
    failure,
    async run(input: InputOf<'contacts.save'>) {
      const saved = await run(input)
      if (!saved) return undefined
      queries.setQueryData<OutputOf<'contacts.list'>>(['contacts.list', {}], before => {
        if (!before) return before
        const others = before.contacts.filter(({ id }) => id !== saved.id)
        return { contacts: [...others, saved], total: others.length + 1 }
      })
      return saved
    },
  }
}
