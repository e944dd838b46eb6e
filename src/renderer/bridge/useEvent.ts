import { useEffect, useEffectEvent } from 'react'
import type { EventName, Events } from '#contracts/bridge/events.ts'
import { useTransport } from './useBridge.ts'

/** Hears one kind of event for as long as the view is there. */
export function useEvent<E extends EventName>(name: E, hear: (payload: Events[E]) => void): void {
  const transport = useTransport()
  const onEvent = useEffectEvent(hear)
  useEffect(
    () =>
      transport.onEvent(told => {
        if (isOf(told, name)) onEvent(told.payload)
      }),
    [transport, name],
  )
}

const isOf = <E extends EventName>(
  told: { readonly event: EventName; readonly payload: unknown },
  name: E,
): told is { event: E; payload: Events[E] } => told.event === name
