import { hash } from 'node:crypto'
import type { Transaction } from '../connection.ts'
import { lockSlots } from './stripes.ts'

/**
 * In a transaction that may write: waits until nobody else decides about this name, which may have no row yet (an e-mail that registers, a
 * setting that is made once), and keeps others waiting until its own end.
 */
export async function lockName(tx: Transaction, name: string): Promise<void> {
  if (tx.forUpdate === '') return
  const slot = Number.parseInt(hash('sha256', name, 'hex').slice(0, 8), 16) % lockSlots
  await tx.get(`SELECT n FROM lock_slot WHERE n = $1${tx.forUpdate}`, slot)
}
