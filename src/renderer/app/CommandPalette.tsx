import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, TextField } from 'react-aria-components'
import { useBridgeAction } from '../bridge/useBridge.ts'
import { useText } from '../text/useText.ts'
import { type Command, commandsFor, matches, type Place } from './commands.ts'

/** As many as stand without scrolling; the others are reached by typing. */
const mostShown = 9

type PaletteProps = {
  readonly onClose: () => void
  readonly onLock: () => void
  readonly onToggleAmounts: () => void
}

/** Goes anywhere and does anything, by a few letters. */
export function CommandPalette({ onClose, onLock, onToggleAmounts }: PaletteProps) {
  return (
    <ModalOverlay className="veil top" isOpen onOpenChange={open => !open && onClose()} isDismissable>
      <Modal className="dialog palette">
        <PaletteBody onClose={onClose} onLock={onLock} onToggleAmounts={onToggleAmounts} />
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBody({ onClose, onLock, onToggleAmounts }: PaletteProps) {
  const text = useText()
  const { t } = text
  const navigate = useNavigate()
  const prefer = useBridgeAction('app.prefer')
  const [typed, setTyped] = useState('')
  const acts = {
    open: (to: Place) => void navigate({ to }),
    pay: (wish: string) => void navigate({ to: '/pay', search: { text: wish } }),
    topUp: (currency: string, amount: string) => void navigate({ to: '/top-up', search: { currency, amount } }),
    search: (query: string) => void navigate({ to: '/activity', search: { query } }),
    lock: onLock,
    toggleAmounts: onToggleAmounts,
    prefer: (choice: Parameters<typeof prefer.run>[0]) => void prefer.run(choice),
  }
  const shown = commandsFor(text, acts, typed)
    .filter(command => matches(command, typed))
    .slice(0, mostShown)
  const run = (command: Command | undefined) => {
    onClose()
    command?.act()
  }
  return (
    <Dialog aria-label={t('palette.title')}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <TextField aria-label={t('palette.title')} autoFocus>
          <div className="input">
            <Search className="icon" aria-hidden />
            <Input placeholder={t('palette.placeholder')} />
          </div>
        </TextField>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keys */}
        <section className="scroll" tabIndex={0} aria-label={t('palette.results')}>
          <Menu
            className="options"
            aria-label={t('palette.results')}
            items={shown}
            onAction={key => run(shown.find(({ id }) => id === key))}
            renderEmptyState={() => <p className="empty">{t('palette.none')}</p>}
          >
            {command => (
              <MenuItem id={command.id} className="option" textValue={command.name}>
                {command.name}
                {command.keys !== undefined && <kbd>{command.keys}</kbd>}
              </MenuItem>
            )}
          </Menu>
        </section>
      </Autocomplete>
    </Dialog>
  )
}
