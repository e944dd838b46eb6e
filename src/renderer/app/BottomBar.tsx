import { Link } from '@tanstack/react-router'
import { Settings as Gear } from 'lucide-react'
import { useText } from '../text/useText.ts'
import { places } from './places.ts'

const atBottom = places.filter(({ key }) => key !== 'statements')
const exactOnly = { exact: true } as const
const anyBelow = { exact: false } as const

/** The places of a narrow window, under the thumb. Statements are reached from the activity. */
export function BottomBar() {
  const { t } = useText()
  return (
    <nav className="bar" aria-label={t('app.navigation')}>
      {atBottom.map(({ to, key, Icon }) => (
        <Link key={to} to={to} activeOptions={to === '/' ? exactOnly : anyBelow}>
          <Icon className="icon" aria-hidden />
          {t(`app.${key}`)}
        </Link>
      ))}
      <Link to="/settings">
        <Gear className="icon" aria-hidden />
        {t('app.settings')}
      </Link>
    </nav>
  )
}
