import { CloudCheck, CloudOff, LoaderCircle } from 'lucide-react'
import { useText } from '../text/useText.ts'

const icons = { saving: LoaderCircle, here: CloudOff, everywhere: CloudCheck } as const

/** How far what a person writes has come: being saved, saved here, on its way to all devices. */
export function Kept({ kept }: { readonly kept: keyof typeof icons }) {
  const { t } = useText()
  const Icon = icons[kept]
  return (
    <p className={kept === 'everywhere' ? 'kept ok' : 'kept'} role="status">
      <Icon className="icon" aria-hidden />
      <span>{kept === 'saving' ? t('notes.saving') : t(`notes.kept_${kept}`)}</span>
    </p>
  )
}
