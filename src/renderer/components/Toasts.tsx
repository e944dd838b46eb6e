import { CircleCheck, CircleX, X } from 'lucide-react'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
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
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const [isHeld, setHeld] = useState(false)
  const drop = useCallback((id: number) => {
    setToasts(all => all.filter(toast => toast.id !== id))
    setHeld(false)
  }, [])
  const announce = useMemo<Announce>(() => {
    let last = 0
    return toast => {
      last += 1
      const id = last
      setToasts(all => [...all.slice(-2), { ...toast, id }])
    }
  }, [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div
        className="toasts"
        role="status"
        aria-live="polite"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        {toasts.map(toast => (
          <ToastLine key={toast.id} toast={toast} isHeld={isHeld} onDrop={drop} />
        ))}
      </div>
    </AnnounceContext>
  )
}

type ToastLineProps = { readonly toast: Toast; readonly isHeld: boolean; readonly onDrop: (id: number) => void }

/** One notice. It stays while the hand or the focus is on it. */
function ToastLine({ toast: { id, kind, words, act }, isHeld, onDrop }: ToastLineProps) {
  const { t } = useText()
  const shownMs = act ? shownToActMs : shownForMs
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => onDrop(id), shownMs)
    return () => clearTimeout(timer)
  }, [isHeld, id, shownMs, onDrop])
  return (
    <div className={kind === 'good' ? 'toast' : 'toast failed'}>
      {kind === 'good' ? <CircleCheck className="icon ok" aria-hidden /> : <CircleX className="icon stop" aria-hidden />}
      <div className="toast-words">
        <span>{words}</span>
        {act && (
          <TextButton
            onPress={() => {
              onDrop(id)
              act.run()
            }}
          >
            {act.name}
          </TextButton>
        )}
      </div>
      <Button kind="plain" size="square" onPress={() => onDrop(id)} aria-label={t('app.close')}>
        <X className="icon" aria-hidden />
      </Button>
    </div>
  )
}
