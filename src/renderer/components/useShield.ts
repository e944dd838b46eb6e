import { useEffect, useState } from 'react'
import { ask, useTransport } from '../bridge/useBridge.ts'

/** Keeps the window out of pictures and recordings for as long as the view is there; whether this system can. */
export function useShield(): boolean {
  const transport = useTransport()
  const [isShielded, setShielded] = useState(false)
  useEffect(() => {
    let isHere = true
    const shield = async (isOn: boolean) => {
      const answer = await ask(transport, 'app.shield', { isOn }).catch(() => undefined)
      if (isHere && answer) setShielded(answer.isShielded)
    }
    void shield(true)
    return () => {
      isHere = false
      void shield(false)
    }
  }, [transport])
  return isShielded
}
