import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { useText } from '../text/useText.ts'

type ButtonProps = Pick<
  AriaButtonProps,
  'onPress' | 'isDisabled' | 'type' | 'slot' | 'autoFocus' | 'aria-label' | 'aria-expanded' | 'aria-describedby'
> & {
  readonly children: ReactNode
  /** `go` is the one filled button of a view; `danger` stops something; `plain` has no box. */
  readonly kind?: 'go' | 'plain' | 'danger'
  readonly size?: 'big' | 'small' | 'square' | 'wide'
  readonly isPending?: boolean
}

/**
 * A verb with its object. While it is pending it keeps its width and its focus and takes no second press. react-aria's own pending state is not
 * used: its announcement outlives the button and then points at a label that is gone.
 */
export function Button({ children, kind, size, isPending = false, onPress, type, ...rest }: ButtonProps) {
  const { t } = useText()
  const name = ['btn', kind, size].filter(Boolean).join(' ')
  const acts = isPending ? { type: 'button' as const } : { ...(onPress ? { onPress } : {}), ...(type ? { type } : {}) }
  return (
    <AriaButton {...rest} {...acts} className={name} {...(isPending ? { 'data-pending': true } : {})}>
      <span className="btn-words">{children}</span>
      {isPending && (
        <span className="btn-pending">
          <i aria-hidden />
          <span className="unseen" role="status">
            {t('app.working')}
          </span>
        </span>
      )}
    </AriaButton>
  )
}

type TextButtonProps = { readonly children: ReactNode; readonly onPress: () => void; readonly isDisabled?: boolean }

/** A quiet act inside of a text or a heading. */
export function TextButton({ children, onPress, isDisabled = false }: TextButtonProps) {
  return (
    <AriaButton className="textlink" onPress={onPress} isDisabled={isDisabled}>
      {children}
    </AriaButton>
  )
}
