import { z } from 'zod'
import { bookFaultCodes } from '#core/failure/faults.ts'
import { read, write } from '../wire/method.ts'
import { currency, instant, localeTag } from '../wire/scalars.ts'

export const theme = z.enum(['system', 'light', 'dark', 'contrast'])

/** How long the wallet stays open without an act of the person. */
export const lockMinutes = z.literal([1, 5, 10, 30])

const nothing = z.strictObject({})

export const serviceChoice = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('sandbox') }),
  z.strictObject({ mode: z.literal('address'), address: z.string().max(300) }),
])

/** What protects the key that opens the wallet, and whether a password is required (with the reason). */
const keychain = z.strictObject({
  kind: z.enum(['secret_service', 'macos_keychain', 'windows_credentials', 'none', 'plain_text']),
  passwordRequired: z.boolean(),
})

/** Everything that the window needs before anything is unlocked; holds no name, balance or key. */
export const appState = z.strictObject({
  phase: z.enum(['first_run', 'locked', 'unlocked', 'unreadable']),
  shell: z.enum(['electron', 'loopback', 'terminal']),
  version: z.string(),
  locale: localeTag,
  theme,
  homeCurrency: currency,
  hideAmounts: z.boolean(),
  keychain,
  /** Whether unlocking asks for the app password (false where the keychain alone opens the wallet). */
  hasPassword: z.boolean(),
  service: z.strictObject({
    mode: z.enum(['sandbox', 'address']),
    address: z.string().nullable(),
    /** No real money is there: the embedded service, or one elsewhere that says so. */
    isSandbox: z.boolean(),
    /** The fault of a book: the embedded service refuses its own; each has a sentence for the person (`app.refused_*` of the locales). */
    status: z.enum(['starting', 'sealed', 'online', 'offline', 'restarting', 'clock_wrong', 'garbage', ...bookFaultCodes]),
    /** When an embedded service that crashed was started again; null where it never crashed. */
    restartedAt: instant.nullable(),
    /** Where the shop of a sandbox service stands, for the system's browser; null elsewhere and while the service cannot be reached. */
    shopUrl: z.url().nullable(),
  }),
  signedIn: z.boolean(),
  /** The service has ended the session by its age: what is here can be read, and signing in again goes on. */
  sessionExpired: z.boolean(),
  /** After wrong passwords: no try before this instant. */
  waitUntil: instant.nullable(),
  /**
   * Where the person stands with the recovery kit: `offer` it (the wallet was just made), `remind` of it, be `quiet` (asked a short while ago, or it is
   * not the time), or it is `made`.
   */
  recoveryKit: z.enum(['offer', 'remind', 'quiet', 'made']),
  /** The window locks the wallet as soon as it is out of sight. */
  lockOnHide: z.boolean(),
  /** Why the wallet cannot be read, and the last good backup; only in phase `unreadable`. */
  unreadable: z
    .strictObject({
      code: z.enum(['database_damaged', 'database_newer', 'database_too_old', 'folder_read_only', 'disk_full', 'vault_damaged']),
      backupAt: instant.nullable(),
    })
    .nullable(),
})

export const app = {
  state: read({ input: nothing, output: appState, when: 'always' }),
  /** Changes what is not secret; kept outside of the encrypted wallet so that the locked window speaks the right language. */
  prefer: write({
    input: z.strictObject({
      locale: localeTag.optional(),
      theme: theme.optional(),
      homeCurrency: currency.optional(),
      hideAmounts: z.boolean().optional(),
    }),
    output: appState,
    when: 'always',
  }),
  /** Strength of a password, 0 to 4, with the codes of what weakens it. Nothing is kept. */
  measurePassword: read({
    input: z.strictObject({ password: z.string().max(1000) }),
    output: z.strictObject({ score: z.number().int().min(0).max(4), acceptable: z.boolean(), warnings: z.array(z.string()) }),
    when: 'always',
  }),
  /** Makes the wallet: keys, vault, encrypted database. Unlocked afterwards. */
  create: write({
    input: z.strictObject({ password: z.string().max(1000).nullable(), service: serviceChoice }),
    output: appState,
    when: 'first_run',
  }),
  unlock: write({ input: z.strictObject({ password: z.string().max(1000).nullable() }), output: appState, when: 'locked' }),
  lock: write({ input: nothing, output: appState, when: 'always' }),
  /** Points a signed-out wallet at another service. */
  useService: write({ input: z.strictObject({ service: serviceChoice }), output: appState, when: 'unlocked' }),
  /** Lets the embedded service try anew: after its book was put right, or there is room again. */
  retryService: write({ input: nothing, output: appState, when: 'unlocked' }),
  /** Puts the last good backup in the place of a damaged database; the damaged file is kept beside it. */
  restoreBackup: write({ input: nothing, output: appState, when: 'always' }),
  /**
   * For who has the recovery kit: its words (or the text of a saved kit) open a locked wallet, or one whose vault or keychain is lost, and a new app password
   * protects it. Declines: recovery_words_wrong, recovery_words_other, recovery_kit_none, app_password_required, app_password_weak, not_allowed.
   */
  recover: write({
    input: z.strictObject({ words: z.string().max(8000), password: z.string().max(1000).nullable() }),
    output: appState,
    when: 'always',
  }),
  /** A view shows or takes secrets: the shell keeps the window out of pictures and recordings where the system can, and answers whether it does. */
  shield: write({
    input: z.strictObject({ isOn: z.boolean() }),
    output: z.strictObject({ isShielded: z.boolean() }),
    when: 'always',
  }),
  /** For who has forgotten the app password: everything of the wallet goes into a folder beside it, and the first run begins. Nothing is deleted. */
  beginAnew: write({ input: nothing, output: appState, when: 'locked' }),
}

export type AppState = z.infer<typeof appState>
export type ServiceChoice = z.infer<typeof serviceChoice>
