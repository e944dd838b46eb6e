import type { QueryClient } from '@tanstack/react-query'
import { Bridge } from '../bridge/Bridge.tsx'
import type { Transport } from '../bridge/transport.ts'
import { Boundary } from './Boundary.tsx'
import { Gate } from './Gate.tsx'
import { Speaking } from './Speaking.tsx'

/** The whole window: bridge, language, then whatever the wallet's phase allows. */
export function App({ transport, queries }: { readonly transport: Transport; readonly queries: QueryClient }) {
  return (
    <Bridge transport={transport} queries={queries}>
      <Speaking>
        <Boundary>
          <Gate />
        </Boundary>
      </Speaking>
    </Bridge>
  )
}
