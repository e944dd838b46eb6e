/** First run, unlocking, and a wallet that cannot be read. */
export const start = {
  title: 'All of your money in one place',
  language: 'Language',
  point1: 'Hold and pay in many currencies, with every cost shown before the money moves.',
  point2: 'When something is refused, OKPAY says why, who can fix it, and gives a button that does.',
  point3: 'Your data stays encrypted on this computer. Only you hold what opens it.',
  begin: 'Set up my wallet',
  steps: 'Setting up',
  stepWelcome: 'Welcome',
  stepService: 'Service',
  stepProtect: 'Protection',

  serviceTitle: 'Which service should this wallet use?',
  sandbox: 'Sandbox on this computer',
  sandboxSub: 'Try everything offline, with a simulated bank and shop. No real money.',
  address: 'A service by its address',
  addressSub: 'Enter the address from your OKPAY operator.',
  addressLabel: 'Service address',
  addressProblem: 'It begins with https://, names a host, and has nothing behind it, such as https://pay.example.org.',

  protectTitle: 'Protect this wallet',
  passwordRequired_none:
    'This computer has no keychain that OKPAY can use, so an app password has to protect the wallet. You enter it whenever you open OKPAY.',
  passwordRequired_plain:
    'The keychain of this computer stores secrets as plain text, so an app password has to protect the wallet. You enter it whenever you open OKPAY.',
  passwordOptional:
    'The key of this wallet goes into the keychain of your system. An app password protects it once more, also from others who use this computer.',
  usePassword: 'With an app password (recommended)',
  useKeychain: 'With the keychain alone',
  password: 'App password',
  passwordForget: 'Nobody can reset it. If it is forgotten, you sign in again and fetch your account from the service.',
  repeat: 'App password once more',
  repeatProblem: 'The two do not match.',
  create: 'Create my wallet',

  locked: 'Locked',
  lockedSub: 'Nothing from your account is shown or kept open.',
  unlock: 'Unlock',
  unlockKeychain: 'Unlock with the keychain',
  forgotten: 'Forgotten?',
  forgottenTitle: 'The app password is forgotten',
  forgottenMeans:
    'Nobody can reset it. You can begin with an empty wallet: what is here goes into a folder beside it, still encrypted, and nothing is deleted. Then you sign in again, and your account comes back from the service.',
  forgottenSandbox: 'The sandbox of this computer is sealed with this wallet. It begins anew too.',
  waitUntil: 'You can try again in {seconds, plural, one {# second} other {# seconds}}.',

  unreadable: 'This wallet cannot be opened',
  vault_damaged: 'The file that keeps the key of this wallet is damaged.',
  vaultThen: 'Your money is safe with the service. Restore the last good backup, or sign in again with a fresh folder.',
  backupAt: 'Last good backup: {at}. The damaged file is kept beside it.',
  noBackup: 'There is no backup on this computer.',
  restore: 'Restore the backup of {at}',
  afresh: 'Begin with an empty wallet',
  afreshSub: 'The damaged file is kept beside it. Then you sign in again, and your account comes back from the service.',
  afreshSandboxSub: 'What cannot be read is kept in a folder beside it. The sandbox of this computer begins anew too: its key is lost.',
}
