import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import { type BridgeAction, useBridgeAction } from '../../bridge/useBridge.ts'
import { useText } from '../../text/useText.ts'

/** A pause in typing that is long enough to save. */
const pauseMs = 800

/** Shows at once what the wallet answered; its news come a moment later. */
function useShow(id: string) {
  const queries = useQueryClient()
  return (annotation: OutputOf<'notes.of'>) => queries.setQueryData(['notes.of', { id }], annotation)
}

function useProblem({ failure }: Pick<BridgeAction<'notes.write'>, 'failure'>): string | undefined {
  const { failure: say } = useText()
  return failure && say(failure.text).whole
}

/** Adding and taking away labels. `add` answers whether it was taken. */
export function useLabels(id: string) {
  const label = useBridgeAction('notes.label')
  const unlabel = useBridgeAction('notes.unlabel')
  const show = useShow(id)
  const added = useProblem(label)
  const removed = useProblem(unlabel)
  return {
    add: async (text: string): Promise<boolean> => {
      const annotation = await label.run({ id, label: text })
      if (annotation) show(annotation)
      return annotation !== undefined
    },
    remove: async (text: string): Promise<void> => {
      const annotation = await unlabel.run({ id, label: text })
      if (annotation) show(annotation)
    },
    problem: added ?? removed,
  }
}

/**
 * A note that saves itself: after a pause, when one leaves it, and when its view goes. While it is being typed what comes from other devices waits,
 * and the text is not touched.
 */
export function useNote(id: string, note: string) {
  const write = useBridgeAction('notes.write')
  const show = useShow(id)
  const problem = useProblem(write)
  const [draft, setDraft] = useState<string>()
  const unsaved = useRef<string | undefined>(undefined)
  const [isSaving, setSaving] = useState(false)

  async function save(): Promise<boolean> {
    const text = unsaved.current
    if (text === undefined) return true
    const annotation = await write.run({ id, note: text })
    if (annotation) show(annotation)
    if (annotation && unsaved.current === text) unsaved.current = undefined
    setSaving(unsaved.current !== undefined && annotation !== undefined)
    return annotation !== undefined && unsaved.current === undefined
  }

  const saveNow = useEffectEvent(() => void save())
  useEffect(() => {
    if (draft === undefined) return
    const timer = setTimeout(saveNow, pauseMs)
    return () => clearTimeout(timer)
  }, [draft])
  useEffect(() => () => saveNow(), [])

  return {
    text: draft ?? note,
    isSaving,
    problem,
    type: (text: string) => {
      unsaved.current = text
      setDraft(text)
      setSaving(true)
    },
    leave: () => {
      void save().then(isSaved => {
        if (isSaved) setDraft(undefined)
      })
    },
  }
}
