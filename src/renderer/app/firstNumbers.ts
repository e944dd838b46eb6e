import type { QueryClient } from '@tanstack/react-query'
import type { InputOf, MethodName } from '#contracts/bridge/index.ts'
import type { Transport } from '../bridge/transport.ts'
import { ask } from '../bridge/useBridge.ts'
import { latestPage } from '../views/home/latestPage.ts'

/** Everything that the first screen shows. Resolves when each was told or refused. */
export async function fetchFirstNumbers(transport: Transport, queries: QueryClient): Promise<void> {
  const fetch = <N extends MethodName>(method: N, input: InputOf<N>) =>
    queries.prefetchQuery({ queryKey: [method, input], queryFn: () => ask(transport, method, input) })
  await Promise.all([
    fetch('balances.overview', {}),
    fetch('history.page', latestPage),
    fetch('account.profile', {}),
    fetch('topUps.list', {}),
    fetch('payments.pending', {}),
    fetch('limits.splits', {}),
    fetch('provider.state', {}),
  ])
}

export const hasFirstNumbers = (queries: QueryClient): boolean => queries.getQueryData(['balances.overview', {}]) !== undefined
