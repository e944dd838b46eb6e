import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import * as sealing from '../../sealing.ts'

type Key = Pick<ServicePorts, 'config' | 'random'>

const factorKey = (tx: Tx, ports: Key): Promise<Buffer> => sealing.sealingKey(tx, ports, 'factor_key', ports.config.factorKey)
const about = (holderId: string): string => `okpay.factor.1\n${holderId}`

/** Bound to the holder: the secret of one account is nothing in the row of another. */
export async function seal(tx: Tx, ports: Key, holderId: string, secret: string): Promise<string> {
  return sealing.seal(await factorKey(tx, ports), ports, about(holderId), Buffer.from(secret, 'utf8'))
}

/** Fault `unexpected` where another key sealed it. */
export async function unseal(tx: Tx, ports: Key, holderId: string, sealed: string): Promise<string> {
  return sealing.unseal(await factorKey(tx, ports), about(holderId), sealed).toString('utf8')
}
