import { type ReactNode, useEffect } from 'react'
import { I18nProvider } from 'react-aria-components'
import { IntlProvider } from 'react-intl'
import type { AppState } from '#contracts/bridge/app.ts'
import { appLocale, directionOf, intlTag, messagesOf } from '#locales/index.ts'
import { useBridge } from '../bridge/useBridge.ts'
import { HiddenAmounts } from '../components/Amount.tsx'
import { Toasts } from '../components/Toasts.tsx'
import { LocaleContext } from '../text/useText.ts'

const darkQuery = '(prefers-color-scheme: dark)'
const contrastQuery = '(prefers-contrast: more)'

/** Puts the theme on the document; `system` follows the system while the window is open. */
function useTheme(theme: AppState['theme']): void {
  useEffect(() => {
    const queries = [matchMedia(darkQuery), matchMedia(contrastQuery)] as const
    const apply = () => {
      const [isDark, isContrast] = queries.map(query => query.matches)
      const ofSystem = isContrast ? 'contrast' : isDark ? 'dark' : 'light'
      document.documentElement.dataset['theme'] = theme === 'system' ? ofSystem : theme
    }
    apply()
    for (const query of queries) query.addEventListener('change', apply)
    return () => {
      for (const query of queries) query.removeEventListener('change', apply)
    }
  }, [theme])
}

/** Names in other scripts stand in an English window too, but there the window can be drawn before their faces are known. */
const facesAfterMs = 500

function useOtherFaces(locale: string): void {
  useEffect(() => {
    const timer = setTimeout(() => void import('../styles/faces.css'), locale.startsWith('zh') ? 0 : facesAfterMs)
    return () => clearTimeout(timer)
  }, [locale])
}

/** Language, direction, theme and hidden amounts, all as the wallet keeps them; the system's language until it has answered. */
export function Speaking({ children }: { readonly children: ReactNode }) {
  const { data: state } = useBridge('app.state', {})
  const locale = appLocale(state?.locale ?? navigator.language)
  useTheme(state?.theme ?? 'system')
  useOtherFaces(locale)
  useEffect(() => {
    document.documentElement.lang = locale
    document.documentElement.dir = directionOf(locale)
  }, [locale])
  return (
    <LocaleContext value={locale}>
      <I18nProvider locale={locale === 'ar-XB' ? 'ar' : intlTag(locale)}>
        <IntlProvider locale={intlTag(locale)} defaultLocale="en" messages={{ ...messagesOf(locale) }}>
          <HiddenAmounts value={state?.hideAmounts ?? false}>
            <Toasts>{children}</Toasts>
          </HiddenAmounts>
        </IntlProvider>
      </I18nProvider>
    </LocaleContext>
  )
}
