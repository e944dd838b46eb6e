import { useEffect, useEffectEvent } from 'react'

/** What takes plain keys for itself. A radio button and a box to tick are inputs too, but nobody writes in them. */
const writable = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [role="combobox"], [role="dialog"]'

/** Whether the keys of this event belong to a field that is being typed in. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(writable) !== null)
}

/** A key (`1`, `h`, `/`) or `mod+k`, where mod is Ctrl, or Cmd on a Mac. Plain keys are silent while someone types. */
export type Shortcuts = Readonly<Record<string, () => void>>

/** Keys that act everywhere in the open wallet, for as long as the view is there. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.altKey || event.isComposing || event.defaultPrevented) return
    const isModified = event.ctrlKey || event.metaKey
    const act = shortcuts[(isModified ? 'mod+' : '') + event.key.toLowerCase()]
    if (!act || (!isModified && isTyping(event))) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

const isMac = /Mac/.test(navigator.userAgent)
/** How a shortcut is written on this computer: "Ctrl L", "⌘L". */
export const keyName = (key: string): string => (isMac ? `⌘${key}` : `Ctrl ${key}`)
