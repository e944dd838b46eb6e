import { run } from '#cli/run.ts'
import type { InputOf, MethodName } from '#contracts/bridge/index.ts'
import type { Person } from './world.ts'

/** Runs `okpay` on the wallet of a person: how it ended, and all that it said. */
export async function okpay(person: Person, ...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const said: string[] = []
  const say = (text: string) => said.push(text)
  const call = (method: string, input: unknown) => person.ask(method as MethodName, input as InputOf<MethodName>)
  const code = await run([...args, '--locale', 'en'], { out: say, err: say }, async () => ({ call, close: async () => {} }))
  return { code, said: said.join('\n') }
}
