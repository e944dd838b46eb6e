import { powerMonitor } from 'electron'
import type { Wallet } from '../../ports.ts'

/** Locks the wallet when the computer sleeps, its screen locks, or another person takes it over (SECURITY.md, point 12). */
export function lockWithSystem({ lockNow }: Pick<Wallet, 'lockNow'>): void {
  powerMonitor.on('suspend', () => void lockNow('suspend'))
  powerMonitor.on('lock-screen', () => void lockNow('screen_lock'))
  powerMonitor.on('user-did-resign-active', () => void lockNow('screen_lock'))
}
