import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { bridge, type MethodName, methodNames } from '#contracts/bridge/index.ts'
import type { Method } from '#contracts/wire/method.ts'
import { newId, scenario } from './world.ts'

/** The files of a folder as bytes in one text; what vanishes while it is read held nothing to stay. */
function everything(dir: string, isWanted: (name: string) => boolean, recursive: boolean): string {
  const files = readdirSync(dir, { recursive, withFileTypes: true }).filter(entry => entry.isFile() && isWanted(entry.name))
  const texts = files.map(({ parentPath, name }) => {
    try {
      return readFileSync(join(parentPath, name)).toString('latin1')
    } catch {
      return ''
    }
  })
  return texts.join('\n')
}

/** SQLite's temporary files: the rest of that folder is other programs' and other tests'. */
const temporary = (): string => everything(tmpdir(), name => name.startsWith('etilqs_'), false)

/** As it may lie in a file: in UTF-8, in the UTF-16 of V8, in base64 and in hexadecimal. */
const forms = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8')
  return [bytes.toString('latin1'), Buffer.from(secret, 'utf16le').toString('latin1'), bytes.toString('base64'), bytes.toString('hex')]
}

scenario('locked, nothing that was planted is told, logged, or readable in any file', async ({ alice }) => {
  const password = 'eleven amber foxes keep the mill'
  const [name, note, label] = ['Ottoline Quagmire', 'rent for the blue lighthouse', 'lighthousekeeping']
  await alice.has('EUR', '98765.43')
  await alice.get('vault.changePassword', { current: null, next: password })
  const { words, ask } = await alice.get('vault.makeKit', { password })
  await alice.get('vault.confirmKit', { words: ask.map(position => words[position - 1] ?? '') })
  await alice.get('contacts.save', { id: newId(), name, email: 'ottoline@quagmire.example', note })
  const [movement] = (await alice.get('history.page', { filter: {}, after: null, limit: 1 })).rows
  await alice.get('notes.write', { id: movement?.id ?? '', note })
  await alice.get('notes.label', { id: movement?.id ?? '', label })
  await alice.get('vault.rotateKey', { password })

  await alice.get('app.lock', {})
  alice.told.length = 0
  const kit = words.slice(0, 3).join(' ')
  const planted = ['Lin Meihua', alice.email, '98765.43', name, 'ottoline@quagmire.example', note, label, password, kit]

  const files = everything(alice.dataDir, () => true, true) + temporary()
  expect(files.includes('argon2id'), 'what lies there is read').toBe(true)
  for (const secret of planted) for (const form of forms(secret)) expect(files.includes(form), secret).toBe(false)

  const table = bridge as Record<string, Record<string, Method>>
  const isQuiet = (method: MethodName): boolean => {
    const [feature = '', member = ''] = method.split('.')
    const when = table[feature]?.[member]?.when
    return when === 'unlocked' || when === 'signed_in' || method === 'app.state'
  }
  const answers = await Promise.all(methodNames.filter(isQuiet).map(method => alice.ask(method, {} as never)))
  const told = JSON.stringify([answers, alice.told])
  for (const secret of planted) expect(told.includes(secret), secret).toBe(false)
})
