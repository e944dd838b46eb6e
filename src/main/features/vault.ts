import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { Events } from '#contracts/bridge/events.ts'
import type { VaultStateView } from '#contracts/bridge/vault.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { appLocale } from '#locales/index.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clipboard, Clock } from '../ports.ts'
import type { PreferenceFile } from '../preferences.ts'
import type { Session } from '../session.ts'
import { kitText } from '../vault/kitText.ts'
import { createLentWords } from '../vault/lentWords.ts'
import { kitWords, readWords } from '../vault/recoveryWords.ts'
import type { NewKit, Vault } from '../vault/vault.ts'
import { exists, freePath, writeNew } from './downloads.ts'

type VaultParts = {
  readonly session: Session
  readonly vault: Pick<Vault, 'facts'>
  readonly preferences: PreferenceFile
  readonly clock: Clock
  readonly downloadsDir: string
  readonly clipboard: Clipboard | undefined
  readonly onProgress: (progress: Events['vault.progress']) => void
  /** The idle lock follows what was chosen. */
  readonly onLockChanged: () => void
  readonly onChange: () => void
  /** Something failed in the background. */
  readonly onBug: (error: unknown) => void
}

export type VaultFeature = Feature<'vault'> & {
  /** The wallet is closed: what was not kept is forgotten. */
  forget(): void
}

const asked = 3
const askAgainMs = 7 * 86_400_000

/** Different positions from 1, in ascending order. */
function positions(): number[] {
  const chosen = new Set<number>()
  while (chosen.size < asked) chosen.add(randomInt(kitWords) + 1)
  return [...chosen].sort((a, b) => a - b)
}

const isSame = (typed: string, word: string | undefined): boolean => typed.trim().toLowerCase() === word

/** What protects the wallet, changed by the person: password, recovery kit, key of the database, and when it locks. */
export function vaultFeature(of: VaultParts): VaultFeature {
  const { session, preferences, clock } = of
  const lent = of.clipboard && createLentWords(of.clipboard, clock, of.onBug)
  let shown: { readonly kit: NewKit; readonly ask: readonly number[] } | undefined

  async function state(): Promise<VaultStateView> {
    const { lockAfterMinutes, lockOnHide } = preferences.current()
    return { ...(await of.vault.facts()), lockAfterMinutes, lockOnHide, canCopyKit: lent !== undefined }
  }
  const told = async (outcome: Outcome<null>): Promise<Outcome<VaultStateView>> => (outcome.ok ? ok(await state()) : outcome)

  function forget(): void {
    shown = undefined
    lent?.takeBack().catch(of.onBug)
  }

  async function keep(kit: NewKit): Promise<VaultStateView> {
    await kit.keep()
    of.onChange()
    return state()
  }

  return {
    forget,
    state: async () => ok(await state()),
    changePassword: async ({ current, next }) => told(await session.changePassword(current, next)),

    async makeKit({ password }) {
      const made = await session.makeKit(password)
      if (!made.ok) return made
      const ask = positions()
      shown = { kit: made.value, ask }
      return ok({ words: [...made.value.words], ask })
    },

    async confirmKit({ words }) {
      if (!shown) return no('recovery_kit_gone')
      const { kit, ask } = shown
      const wrong = ask.find((position, index) => !isSame(words[index] ?? '', kit.words[position - 1]))
      return wrong === undefined ? ok(await keep(kit)) : no('recovery_words_wrong', { position: String(wrong) })
    },

    async saveKit({ path }, caller) {
      if (!shown) return no('recovery_kit_gone')
      // Only the owner's own terminal says where a file goes; a page never does.
      if (path !== null && caller.shell !== 'terminal') return no('not_allowed')
      if (path !== null && (!isAbsolute(path) || (await exists(path)))) return no('input_invalid', { members: 'path' })
      const { kit } = shown
      const day = new Date(clock.now()).toISOString().slice(0, 10)
      const to = path ?? (await freePath(of.downloadsDir, `okpay-recovery-kit-${day}`, 'txt'))
      await writeNew(to, kitText(appLocale(preferences.current().locale), kit.words, day))
      const back = readWords(await readFile(to, 'utf8'))
      const was = readWords(kit.words.join(' '))
      if (!back.ok || !was.ok || !back.value.equals(was.value)) throw new Error('a saved kit reads as what was written')
      return ok({ path: to, state: await keep(kit) })
    },

    async copyKit() {
      if (!shown) return no('recovery_kit_gone')
      if (!lent) return no('not_allowed')
      return ok({ clearsAt: new Date(await lent.lend(shown.kit.words.join(' '))).toISOString() })
    },

    async leaveKit() {
      // What was copied a moment ago may still be pasted somewhere: its minute goes on.
      shown = undefined
      return ok(await state())
    },

    async postponeKit() {
      await preferences.change({ kitAskAt: new Date(clock.now() + askAgainMs).toISOString() })
      of.onChange()
      return ok(await state())
    },

    async rotateKey({ password }) {
      return told(await session.rotateDatabaseKey(password, step => of.onProgress({ step })))
    },

    async lockWhen({ afterMinutes, onHide, consent }) {
      if (afterMinutes === null && !consent) return no('lock_never_unconfirmed')
      await preferences.change({ lockAfterMinutes: afterMinutes, lockOnHide: onHide })
      of.onLockChanged()
      of.onChange()
      return ok(await state())
    },
  }
}
