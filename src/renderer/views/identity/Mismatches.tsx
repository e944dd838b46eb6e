import type { IdentityWire } from '#contracts/wire/identity.ts'
import { useText } from '../../text/useText.ts'

/** What was typed beside what the document says, field by field. */
export function Mismatches({ of }: { readonly of: IdentityWire['mismatches'] }) {
  const { t } = useText()
  const shown = (text: string) => (text === '' ? t('identity.nothing') : text)
  return (
    <>
      <p>{t('identity.mrzDiffers')}</p>
      <ul>
        {of.map(({ field, typed, read }) => (
          <li key={field}>
            {t(`identity.field_${field}`)}: {t('identity.typedRead', { typed: shown(typed), read: shown(read) })}
          </li>
        ))}
      </ul>
    </>
  )
}
