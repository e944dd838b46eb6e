import type { ReactNode } from 'react'
import { useText } from '../text/useText.ts'

type GateFrameProps = { readonly children: ReactNode; readonly foot?: ReactNode; readonly corner?: ReactNode }

/** The quiet frame of the doors: first run, locked, signing in. */
export function GateFrame({ children, foot, corner }: GateFrameProps) {
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
        {corner}
      </header>
      <main>{children}</main>
      <footer>{foot}</footer>
    </div>
  )
}
