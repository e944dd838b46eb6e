import { Languages } from 'lucide-react'
import { isLocale, localeNames } from '#locales/index.ts'
import { useBridgeAction } from '../bridge/useBridge.ts'
import { Choices } from '../components/Choices.tsx'
import { Select } from '../components/selects.tsx'
import { useText } from '../text/useText.ts'

const languages = Object.entries(localeNames).map(([id, name]) => ({ id, name }))

/** Each language by its own name; it takes effect at once. */
export function LanguageChoice({ isOpen = false }: { readonly isOpen?: boolean }) {
  const { t, locale } = useText()
  const prefer = useBridgeAction('app.prefer')
  const choose = (id: string) => void prefer.run({ locale: id })
  const value = isLocale(locale) ? locale : 'en'
  if (isOpen) return <Choices label={t('start.language')} isInline choices={languages} value={value} onChange={choose} />
  return (
    <div className="line">
      <Languages className="icon quiet" aria-hidden />
      <Select label={t('start.language')} options={languages} value={value} onChange={choose} isCompact />
    </div>
  )
}
