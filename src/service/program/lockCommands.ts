import { routes } from '#contracts/service/index.ts'
import type { RouteOutput } from '../ports.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { ask, type Desk, jsonBody } from './operatorCommands.ts'

type DeskLock = RouteOutput<'locksOfAccount'>['locks'][number]

function stateOf({ liftedAt, agreedBy, opensAt }: DeskLock): { readonly state: string; readonly at: string; readonly who: string } {
  if (liftedAt !== null) return { state: 'lifted', at: liftedAt, who: '' }
  if (agreedBy !== null) return { state: 'agreed', at: '', who: agreedBy }
  return opensAt === null ? { state: 'stands', at: '', who: '' } : { state: 'opening', at: opensAt, who: '' }
}

function tell(desk: Desk, email: string, locks: readonly DeskLock[]): ExitCode {
  if (desk.json) return exitCodes.done
  if (locks.length === 0) desk.print(desk.say('noLocks', { email }))
  for (const lock of locks) {
    const { since, by, reason } = lock
    desk.print(desk.say('lockLine', { since, by, reason, ...stateOf(lock) }))
  }
  return exitCodes.done
}

export async function lock(desk: Desk, email: string, reason: string): Promise<ExitCode> {
  const input = routes.lockAccount.input.safeParse({ email, reason })
  if (!input.success) throw new Ending(exitCodes.wrongUse, desk.say('wrongUse', { what: `lock ${email} ${reason}` }))
  const { locks } = await ask(desk, 'lockAccount', routes.lockAccount.path, jsonBody(input.data))
  return tell(desk, email, locks.slice(0, 1))
}

export async function unlock(desk: Desk, email: string): Promise<ExitCode> {
  const { locks } = await ask(desk, 'unlockAccount', routes.unlockAccount.path, jsonBody({ email }))
  return tell(desk, email, locks.filter(({ by }) => by === 'service').slice(0, 1))
}

export async function locks(desk: Desk, email: string): Promise<ExitCode> {
  const told = await ask(desk, 'locksOfAccount', `${routes.locksOfAccount.path}?${new URLSearchParams({ email })}`)
  return tell(desk, email, told.locks)
}
