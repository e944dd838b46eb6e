/**
 * What protects the wallet's key on each system and in each state of its keychain. `docs/vault-matrix.md` holds this table, and tests try each cell: with the
 * real parts where they run here, else with fakes.
 */
export type Cell = {
  readonly where: string
  readonly kind: 'secret_service' | 'macos_keychain' | 'windows_credentials' | 'none' | 'plain_text'
  readonly protects: string
  /** What making a wallet without an app password answers. */
  readonly makes: 'made' | 'app_password_required'
  /** What opening a wallet answers that was made without a password while all was well; `opened` with a password where none is made without. */
  readonly opens: 'opened' | 'keychain_unavailable' | 'vault_damaged'
  readonly way: string
  readonly tried: 'real' | 'fake'
}

const keychainAlone = 'the keychain; with an app password Argon2id over it'
const passwordOnly = 'the app password (Argon2id) alone'
const wayNone = 'nothing is needed'
const wayKit = 'the recovery kit with a new password, or begin anew; nothing is deleted'

export const matrix = {
  unlocked: {
    where: 'GNOME keyring, unlocked',
    kind: 'secret_service',
    protects: keychainAlone,
    makes: 'made',
    opens: 'opened',
    way: wayNone,
    tried: 'real',
  },
  locked: {
    where: 'GNOME keyring, locked, its prompt dismissed',
    kind: 'none',
    protects: passwordOnly,
    makes: 'app_password_required',
    opens: 'keychain_unavailable',
    way: 'unlock the keyring and press the button again, or the recovery kit',
    tried: 'real',
  },
  killed: {
    where: 'GNOME keyring, its daemon killed',
    kind: 'none',
    protects: passwordOnly,
    makes: 'app_password_required',
    opens: 'keychain_unavailable',
    way: 'log in again, or the recovery kit',
    tried: 'real',
  },
  collectionMissing: {
    where: 'GNOME keyring whose collection was deleted',
    kind: 'secret_service',
    protects: keychainAlone,
    makes: 'made',
    opens: 'vault_damaged',
    way: wayKit,
    tried: 'real',
  },
  itemChanged: {
    where: 'GNOME keyring, the item changed by another program',
    kind: 'secret_service',
    protects: keychainAlone,
    makes: 'made',
    opens: 'vault_damaged',
    way: wayKit,
    tried: 'real',
  },
  plainText: {
    where: 'GNOME keyring without a password (its file is plain text)',
    kind: 'plain_text',
    protects: passwordOnly,
    makes: 'app_password_required',
    opens: 'opened',
    way: wayNone,
    tried: 'real',
  },
  noBus: {
    where: 'Linux without a session bus (headless, a server)',
    kind: 'none',
    protects: passwordOnly,
    makes: 'app_password_required',
    opens: 'keychain_unavailable',
    way: 'start OKPAY in the session in which it was made, or the recovery kit',
    tried: 'real',
  },
  off: {
    where: 'OKPAY_KEYCHAIN=off',
    kind: 'none',
    protects: passwordOnly,
    makes: 'app_password_required',
    opens: 'keychain_unavailable',
    way: 'start without it, or the recovery kit',
    tried: 'real',
  },
  macos: {
    where: 'macOS, Keychain',
    kind: 'macos_keychain',
    protects: keychainAlone,
    makes: 'made',
    opens: 'opened',
    way: wayNone,
    tried: 'fake',
  },
  macosRefused: {
    where: 'macOS, the person refuses access',
    kind: 'macos_keychain',
    protects: keychainAlone,
    makes: 'made',
    opens: 'keychain_unavailable',
    way: 'allow it and press the button again, or the recovery kit',
    tried: 'fake',
  },
  windows: {
    where: 'Windows, Credential Manager',
    kind: 'windows_credentials',
    protects: keychainAlone,
    makes: 'made',
    opens: 'opened',
    way: wayNone,
    tried: 'fake',
  },
  windowsRemoved: {
    where: 'Windows, the credential removed by hand',
    kind: 'windows_credentials',
    protects: keychainAlone,
    makes: 'made',
    opens: 'vault_damaged',
    way: wayKit,
    tried: 'fake',
  },
} as const satisfies Record<string, Cell>

/** The rows of the document, in Markdown. */
export function matrixTable(): string {
  const head = ['where', 'keychain', 'what protects the key', 'made without a password', 'a wallet of before', 'the way on', 'tried by']
  const rows = Object.values<Cell>(matrix).map(({ where, kind, protects, makes, opens, way, tried }) => [
    where,
    `\`${kind}\``,
    protects,
    `\`${makes}\``,
    `\`${opens}\``,
    way,
    tried === 'real' ? 'the real part' : 'a fake',
  ])
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}
