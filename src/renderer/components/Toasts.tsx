import { CircleCheck, CircleX, X } from 'lucide-react'
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'
import { useText } from '../text/useText.ts'
import { Button, TextButton } from './Button.tsx'

/** `act`: something that can be done about it while it is shown, such as undoing it. */
type Toast = {
  readonly id: number
  readonly kind: 'good' | 'failed'
  readonly words: ReactNode
  readonly act?: { readonly name: string; readonly run: () => void }
}
type Announce = (toast: Omit<Toast, 'id'>) => void

const shownForMs = 6_000
/** One that can be acted on gives time to read, think and reach it. */
const shownToActMs = 12_000
const AnnounceContext = createContext<Announce>(() => undefined)

/** Says something once, at the edge of the window and to those who listen. */
export const useAnnounce = (): Announce => use(AnnounceContext)

export function Toasts({ children }: { readonly children: ReactNode }) {
  const { t } = useText()
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const drop = useCallback((id: number) => setToasts(all => all.filter(toast => toast.id !== id)), [])
  const announce = useMemo<Announce>(() => {
    let last = 0
    return toast => {
      last += 1
      const id = last
      setToasts(all => [...all.slice(-2), { ...toast, id }])
      setTimeout(() => drop(id), toast.act ? shownToActMs : shownForMs)
    }
  }, [drop])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, kind, words, act }) => (
          <div className={kind === 'good' ? 'toast' : 'toast failed'} key={id}>
            {kind === 'good' ? <CircleCheck className="icon ok" aria-hidden /> : <CircleX className="icon stop" aria-hidden />}
            <div className="toast-words">
              <span>{words}</span>
              {act && (
                <TextButton
                  onPress={() => {
                    drop(id)
                    act.run()
                  }}
                >
                  {act.name}
                </TextButton>
              )}
            </div>
            <Button kind="plain" size="square" onPress={() => drop(id)} aria-label={t('app.close')}>
              <X className="icon" aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </AnnounceContext>
  )
}
