import { House, Mail, Phone } from 'lucide-react'
import { useState } from 'react'
import type { ContactWish } from '#contracts/wire/contactDetails.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { addressText } from '../../text/contactText.ts'
import { useText } from '../../text/useText.ts'
import { ContactDialog } from './ContactDialog.tsx'
import { SettingRow } from './SettingRow.tsx'

const icons = { email: Mail, phone: Phone, address: House } as const satisfies Record<ContactWish['kind'], unknown>
const kinds = ['email', 'phone', 'address'] as const

/** E-mail, telephone and address, each with its change. */
export function ContactDetails() {
  const { t, locale, moment } = useText()
  const { data: details, error, refetch } = useBridge('contactDetails.state', {})
  const [changing, setChanging] = useState<ContactWish['kind']>()
  if (!details) return error ? <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} /> : null
  const { email, phone, address, undo } = details
  const values = { email, phone, address: address && addressText(locale, address) }
  return (
    <>
      <ul className="rows">
        {kinds.map(kind => {
          const Icon = icons[kind]
          const until = undo.find(open => open.kind === kind)?.until
          return (
            <SettingRow
              key={kind}
              icon={<Icon className="icon" />}
              title={t(`contactDetails.${kind}`)}
              state={values[kind] ?? t('contactDetails.none')}
              sub={until === undefined ? '' : t('contactDetails.undo', { until: moment(until) })}
            >
              <Button
                size="small"
                onPress={() => setChanging(kind)}
                aria-label={t('contactDetails.changeNamed', { name: t(`contactDetails.${kind}`) })}
              >
                {t(values[kind] === null ? 'contactDetails.add' : 'contactDetails.change')}
              </Button>
            </SettingRow>
          )
        })}
      </ul>
      {changing && <ContactDialog kind={changing} before={details} onClose={() => setChanging(undefined)} />}
    </>
  )
}
