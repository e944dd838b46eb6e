import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

type DialogProps = {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** Shows what is told once: only its own buttons close it. */
  readonly isOnce?: boolean
}

/** Floats above the view until it is answered; Escape and a press beside it close it. */
export function Dialog({ title, isOpen, onClose, children, isOnce = false }: DialogProps) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={open => !open && onClose()}
      isDismissable={!isOnce}
      isKeyboardDismissDisabled={isOnce}
    >
      <Modal className="dialog">
        <AriaDialog>
          <div className="stack">
            <Heading slot="title" level={2} className="dialog-title">
              {title}
            </Heading>
            {children}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
