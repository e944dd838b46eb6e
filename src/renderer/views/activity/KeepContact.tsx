import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { UserCheck, UserPlus } from 'lucide-react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useSaveContact } from '../../components/useSaveContact.ts'
import { useText } from '../../text/useText.ts'

/** Takes the shop of a payment into the contacts, or leads to it where it is there. Nothing stands here where no shop was paid. */
export function KeepContact({ id }: { readonly id: string }) {
  const { t } = useText()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { data } = useBridge('contacts.ofMovement', { id })
  const save = useSaveContact()
  if (!data?.shop) return null
  const { shop, contact } = data
  const keep = async () => {
    const saved = await save.run(shop)
    if (!saved) return
    // The button says so in the same moment as the notice; the wallet's news come later.
    queries.setQueryData<OutputOf<'contacts.ofMovement'>>(['contacts.ofMovement', { id }], { shop, contact: saved })
    announce({ kind: 'good', words: t('contacts.kept', { name: shop.name }) })
  }
  const press = () => void (contact ? navigate({ to: '/contacts', search: { id: contact.id } }) : keep())
  const Icon = contact ? UserCheck : UserPlus
  // One button in both states: the focus stays on it.
  return (
    <>
      <Button size="small" onPress={press} isPending={save.isRunning}>
        <Icon className="icon" aria-hidden />
        {t(contact ? 'contacts.open' : 'contacts.keep')}
      </Button>
      {save.failure && <FailurePanel failure={save.failure} />}
    </>
  )
}
