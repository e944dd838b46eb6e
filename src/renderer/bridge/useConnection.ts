import { useEffect, useState } from 'react'
import { useTransport } from './useBridge.ts'

/** Whether the wallet behind this window answers. A socket that was only just opened counts as connected. */
export function useConnection(): boolean {
  const transport = useTransport()
  const [isConnected, setConnected] = useState(true)
  useEffect(() => transport.onConnection(setConnected), [transport])
  return isConnected
}
