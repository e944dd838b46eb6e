import { useEffect, useState } from 'react'

const secondsTo = (until: string | null): number => (until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000)))

/** Whole seconds until an instant, counting down; 0 when it has come. */
export function useCountdown(until: string | null): number {
  const [seconds, setSeconds] = useState(() => secondsTo(until))
  useEffect(() => {
    setSeconds(secondsTo(until))
    if (secondsTo(until) === 0) return
    const timer = setInterval(() => setSeconds(secondsTo(until)), 250)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}
