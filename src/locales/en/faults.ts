import type { FaultCode } from '#core/failure/faults.ts'

/** What the outside world did, and what follows from it. */
export const faults: Record<FaultCode, { what: string; next: string }> = {
  service_offline: {
    what: 'The OKPAY service cannot be reached.',
    next: 'What you see is what was last known. Anything you had started is kept and goes on by itself when the service is back.',
  },
  service_timeout: {
    what: 'The OKPAY service took too long to answer.',
    next: 'Nothing happens twice: trying again asks about the same wish.',
  },
  service_garbage: {
    what: 'The answer of the OKPAY service could not be read.',
    next: 'It was thrown away and nothing was changed. Check the service address if this goes on.',
  },
  service_sealed: {
    what: 'The OKPAY service has closed its books for a check.',
    next: 'No money moves until its operator opens it again. Your balance is unchanged.',
  },
  service_busy: { what: 'The OKPAY service is busy.', next: 'Your wish is kept. Trying again asks about the same one.' },
  provider_mismatch: {
    what: 'What the service told does not add up.',
    next: 'Your wish is kept and not sent. It goes on when you have decided to go on.',
  },
  clock_wrong: {
    what: 'The clock of this computer is wrong.',
    next: 'Set the date and time to be kept by the system, then try again. Signatures and codes need the right time.',
  },
  mail_failed: { what: 'The e-mail could not be sent.', next: 'The mail server refused it. Try again in a minute.' },
  keychain_unavailable: {
    what: 'The keychain of this computer cannot be used.',
    next: 'Unlock the keychain of your system, or protect this wallet by an app password.',
  },
  database_damaged: {
    what: 'The wallet file on this computer is damaged.',
    next: 'Your money is safe with the service. Restore the last good backup, or sign in again to fetch everything anew.',
  },
  database_newer: {
    what: 'This wallet was written by a newer version of OKPAY.',
    next: 'It was left untouched. Install the newer version to open it.',
  },
  database_too_old: {
    what: 'This was written by an early version of OKPAY, whose tables this version does not read.',
    next: 'It was left untouched. Open it with the version that wrote it; or move the file aside and sign in again: your account is with the service.',
  },
  database_unfinished: {
    what: 'This book was being filled from another one, and that did not come to its end.',
    next: 'It is not used. The book that it was filled from is as it was: put this one away and move it once more.',
  },
  database_key_wrong: {
    what: 'The wallet file cannot be opened with the key of this computer.',
    next: 'It belongs to another keychain or another person. It was left untouched.',
  },
  folder_read_only: {
    what: 'OKPAY may not write to its folder.',
    next: 'Allow writing to the folder, or choose another one by the option --data-dir.',
  },
  disk_full: { what: 'The disk is full.', next: 'Nothing was lost. Free some space, then try again.' },
  unexpected: {
    what: 'OKPAY met an error that it did not expect.',
    next: 'It was written to the log without personal data. Trying again asks about the same wish.',
  },
}
