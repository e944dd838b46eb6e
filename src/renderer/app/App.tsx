import { Bridge } from '../bridge/Bridge.tsx'
import type { Transport } from '../bridge/transport.ts'
import { Gate } from './Gate.tsx'
import { Speaking } from './Speaking.tsx'

/** The whole window: bridge, language, then whatever the wallet's phase allows. */
export function App({ transport }: { readonly transport: Transport }) {
  return (
    <Bridge transport={transport}>
      <Speaking>
        <Gate />
      </Speaking>
    </Bridge>
  )
}
