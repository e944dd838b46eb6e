import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { StepWire } from '#contracts/wire/identity.ts'
import { newId } from '../../bridge/ids.ts'
import type { BridgeAction } from '../../bridge/useBridge.ts'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

type HandIn = {
  /** The id of the wish that is typed now: another one after a refusal. */
  readonly id: string
  /** Before anything of the form changes. */
  readonly touch: () => void
  readonly done: (step: StepWire | undefined) => Promise<void>
}

/** What the three forms of a step have in common: the id of the wish, and what is said when it stands. */
export function useHandIn(action: Pick<BridgeAction<'identity.details'>, 'failure' | 'reset'>, onClose: () => void): HandIn {
  const { t } = useText()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const [id, setId] = useState(newId)
  return {
    id,
    touch: () => {
      if (!action.failure) return
      setId(newId())
      action.reset()
    },
    done: async step => {
      await queries.invalidateQueries({ queryKey: ['identity.overview'] })
      if (!step) return
      announce({ kind: 'good', words: t(step.state === 'verified' ? 'identity.verified' : 'identity.handedIn') })
      onClose()
    },
  }
}
