import { keepPreviousData, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useState } from 'react'
import type { AppState } from '#contracts/bridge/app.ts'
import type { InputOf, MethodName, OutputOf } from '#contracts/bridge/index.ts'
import { BridgeFailure, failureOf } from './failure.ts'
import { newId } from './ids.ts'
import type { Transport } from './transport.ts'

export const BridgeContext = createContext<Transport | undefined>(undefined)

export function useTransport(): Transport {
  const transport = use(BridgeContext)
  if (!transport) throw new TypeError('there is no bridge around this view')
  return transport
}

/** Asks the wallet once. Throws a {@link BridgeFailure}. */
export async function ask<N extends MethodName>(transport: Transport, method: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const envelope = await transport.call(method, input)
  if (!envelope.ok) throw new BridgeFailure(envelope)
  return envelope.value
}

type BridgeOptions = {
  readonly isOff?: boolean
  readonly refetchMs?: number
  readonly keepsLast?: boolean
  /** Its view's own, and gone with it: a slip is asked for anew, and a password does not stay in the cache. */
  readonly isMomentary?: boolean
}

/** A read: kept, shared by all views that ask the same, and asked again when the wallet says that its topic has news. */
export function useBridge<N extends MethodName>(
  method: N,
  input: InputOf<N>,
  { isOff = false, refetchMs, keepsLast = false, isMomentary = false }: BridgeOptions = {},
): UseQueryResult<OutputOf<N>, Error> {
  const transport = useTransport()
  // A window behind others runs its timers late, so the end of the view alone would not keep the next one from what this one saw.
  const [visit] = useState(newId)
  return useQuery<OutputOf<N>, Error>({
    queryKey: isMomentary ? [method, input, visit] : [method, input],
    queryFn: () => ask(transport, method, input),
    enabled: !isOff,
    refetchInterval: refetchMs ?? false,
    ...(isMomentary ? { gcTime: 0 } : {}),
    ...(keepsLast ? { placeholderData: keepPreviousData } : {}),
  })
}

export type BridgeAction<N extends MethodName> = {
  /** Undefined where it failed: then `failure` says why. */
  readonly run: (input: InputOf<N>) => Promise<OutputOf<N> | undefined>
  readonly isRunning: boolean
  readonly failure: BridgeFailure | undefined
  readonly reset: () => void
}

const isAppState = (value: unknown): value is AppState =>
  typeof value === 'object' && value !== null && 'phase' in value && 'shell' in value

/** A write, sent by the person's act. */
export function useBridgeAction<N extends MethodName>(method: N): BridgeAction<N> {
  const transport = useTransport()
  const queries = useQueryClient()
  const mutation = useMutation<OutputOf<N>, Error, InputOf<N>>({
    mutationFn: input => ask(transport, method, input),
    onSuccess: value => {
      if (isAppState(value)) queries.setQueryData(['app.state', {}], value)
    },
  })
  return {
    run: async input => {
      try {
        return await mutation.mutateAsync(input)
      } catch {
        return undefined
      }
    },
    isRunning: mutation.isPending,
    failure: mutation.error ? failureOf(mutation.error) : undefined,
    reset: mutation.reset,
  }
}
