import { useNavigate } from '@tanstack/react-router'
import { UserCheck, UserPlus } from 'lucide-react'
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
  const navigate = useNavigate()
  const { data } = useBridge('contacts.ofMovement', { id })
  const save = useSaveContact()
  if (!data?.shop) return null
  const { shop, contact } = data
  if (contact) {
    return (
      <Button size="small" onPress={() => void navigate({ to: '/contacts', search: { id: contact.id } })}>
        <UserCheck className="icon" aria-hidden />
        {t('contacts.open')}
      </Button>
    )
  }
  const keep = async () => {
    if (await save.run(shop)) announce({ kind: 'good', words: t('contacts.kept', { name: shop.name }) })
  }
  return (
    <>
      <Button size="small" onPress={() => void keep()} isPending={save.isRunning}>
        <UserPlus className="icon" aria-hidden />
        {t('contacts.keep')}
      </Button>
      {save.failure && <FailurePanel failure={save.failure} />}
    </>
  )
}
