import type { ContactView } from '#contracts/bridge/personal.ts'
import type { BridgeFailure } from '../../bridge/failure.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useSaveContact } from '../../components/useSaveContact.ts'
import { useText } from '../../text/useText.ts'

type Removal = { readonly remove: (contact: ContactView) => Promise<void>; readonly failure: BridgeFailure | undefined }

/** Removes a contact at once; for some seconds it can be brought back as it was. */
export function useRemoval(onPick: (id: string | undefined) => void): Removal {
  const { t } = useText()
  const announce = useAnnounce()
  const removal = useBridgeAction('contacts.remove')
  const save = useSaveContact()
  return {
    failure: removal.failure,
    async remove({ id, name, email, note }) {
      const restore = async () => {
        if (!(await save.run({ id, name, email, note }))) return
        onPick(id)
        announce({ kind: 'good', words: t('contacts.restored', { name }) })
      }
      if (!(await removal.run({ id }))) return
      onPick(undefined)
      announce({ kind: 'good', words: t('contacts.removed', { name }), act: { name: t('contacts.undo'), run: () => void restore() } })
    },
  }
}
