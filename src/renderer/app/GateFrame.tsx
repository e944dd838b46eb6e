import type { ReactNode } from 'react'
import { useText } from '../text/useText.ts'
import { LanguageChoice } from './LanguageChoice.tsx'

type GateFrameProps = { readonly children: ReactNode; readonly foot?: ReactNode; readonly hasLanguage?: boolean }

/** The quiet frame of the doors: first run, locked, signing in. */
export function GateFrame({ children, foot, hasLanguage = true }: GateFrameProps) {
  const { t } = useText()
  return (
    <div className="gate">
      <header>
        <div className="mark">
          <span className="seal" aria-hidden>
            OK
          </span>
          {t('app.name')}
        </div>
        {hasLanguage && <LanguageChoice />}
      </header>
      <main>{children}</main>
      <footer>{foot}</footer>
    </div>
  )
}
