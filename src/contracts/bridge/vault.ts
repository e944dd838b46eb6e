import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { instant } from '../wire/scalars.ts'
import { lockMinutes } from './app.ts'

const nothing = z.strictObject({})
/** The app password; null where the keychain alone opens the wallet. */
const password = z.string().max(1000).nullable()

const vaultState = z.strictObject({
  /** When the recovery kit was made that opens this wallet; null where there is none. */
  kitMadeAt: instant.nullable(),
  /** When the database got its present key; null where it has the first one. */
  databaseKeyAt: instant.nullable(),
  /** Locks after so many minutes without an act of the person; null: never by itself. */
  lockAfterMinutes: lockMinutes.nullable(),
  lockOnHide: z.boolean(),
  /** Whether words can be copied in a way that takes them from the clipboard again. */
  canCopyKit: z.boolean(),
})

/**
 * What protects the wallet, and its recovery kit: 24 words that open it where password and keychain are lost. The words are in one answer and nowhere
 * else: not in a log, not in an event, not on disk but in the file that the person asks for. Declines of all that ask for the password: app_password_*.
 */
export const vault = {
  state: read({ input: nothing, output: vaultState, when: 'unlocked' }),
  /** Sets it, changes it, or takes it away (`next` null) where the keychain of this system can be trusted. Declines: app_password_required, app_password_weak. */
  changePassword: write({ input: z.strictObject({ current: password, next: password }), output: vaultState, when: 'unlocked' }),
  /**
   * Makes a kit that holds once `confirmKit` or `saveKit` has shown that it can be read back; the one before stays good until then.
   * `ask`: the positions (from 1) of the words that `confirmKit` wants.
   */
  makeKit: write({
    input: z.strictObject({ password }),
    output: z.strictObject({ words: z.array(z.string()).length(24), ask: z.array(z.number().int().min(1).max(24)).length(3) }),
    when: 'unlocked',
  }),
  /** The words that were asked for, in that order. Declines: recovery_words_wrong, recovery_kit_gone. */
  confirmKit: write({ input: z.strictObject({ words: z.array(z.string().max(40)).length(3) }), output: vaultState, when: 'unlocked' }),
  /** Writes the kit into the downloads folder (or `path`, which the terminal names), reads it from there again, and takes it as confirmed. Decline: recovery_kit_gone. */
  saveKit: write({
    input: z.strictObject({ path: z.string().max(4000).nullable() }),
    output: z.strictObject({ path: z.string(), state: vaultState }),
    when: 'unlocked',
  }),
  /** Puts the words on the clipboard for a minute. Declines: recovery_kit_gone, not_allowed (where the shell cannot take them away again). */
  copyKit: write({ input: nothing, output: z.strictObject({ clearsAt: instant }), when: 'unlocked' }),
  /** The person looks at the words no more: they are forgotten, kept or not. */
  leaveKit: write({ input: nothing, output: vaultState, when: 'unlocked' }),
  /** Not now: asked again in a week. */
  postponeKit: write({ input: nothing, output: vaultState, when: 'unlocked' }),
  /** Encrypts the database with a new key; `vault.progress` tells of its steps. Declines: app_password_*. Faults: disk_full, folder_read_only. */
  rotateKey: write({ input: z.strictObject({ password }), output: vaultState, when: 'unlocked' }),
  /** Never by itself (`afterMinutes` null) only with `consent`. Decline: lock_never_unconfirmed. */
  lockWhen: write({
    input: z.strictObject({ afterMinutes: lockMinutes.nullable(), onHide: z.boolean(), consent: z.boolean() }),
    output: vaultState,
    when: 'unlocked',
  }),
}

export type VaultStateView = z.infer<typeof vaultState>
