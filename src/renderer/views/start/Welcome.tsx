import { Globe, LockKeyhole, MessageCircleQuestionMark } from 'lucide-react'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { Button } from '../../components/Button.tsx'
import { useText } from '../../text/useText.ts'

const points = [
  { key: 'start.point1', Icon: Globe },
  { key: 'start.point2', Icon: MessageCircleQuestionMark },
  { key: 'start.point3', Icon: LockKeyhole },
] as const

/** What OKPAY is, in one screen. */
export function Welcome({ onNext }: { readonly onNext: () => void }) {
  const { t } = useText()
  return (
    <div className="stack loose">
      <h1 className="hero">{t('start.title')}</h1>
      <ul className="points">
        {points.map(({ key, Icon }) => (
          <li key={key}>
            <Icon className="icon" aria-hidden />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
      <LanguageChoice isOpen />
      <Button kind="go" size="big" onPress={onNext} autoFocus>
        {t('start.begin')}
      </Button>
    </div>
  )
}
