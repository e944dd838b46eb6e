type FaultRow = { readonly retry: 'same_id' | 'after_fix' | 'never'; readonly status: 500 | 503 | 504 | 507 }

/** What the outside world can do to us. A fault is thrown with its cause; the same wish may be sent again with the same id. */
export const faults = {
  service_offline: { retry: 'same_id', status: 503 },
  service_timeout: { retry: 'same_id', status: 504 },
  service_garbage: { retry: 'same_id', status: 503 },
  service_sealed: { retry: 'same_id', status: 503 },
  service_busy: { retry: 'same_id', status: 503 },
  provider_mismatch: { retry: 'after_fix', status: 503 },
  clock_wrong: { retry: 'after_fix', status: 503 },
  mail_failed: { retry: 'same_id', status: 503 },
  keychain_unavailable: { retry: 'after_fix', status: 503 },
  database_damaged: { retry: 'after_fix', status: 500 },
  database_newer: { retry: 'never', status: 500 },
  database_too_old: { retry: 'never', status: 500 },
  database_unfinished: { retry: 'never', status: 500 },
  database_key_wrong: { retry: 'after_fix', status: 500 },
  folder_read_only: { retry: 'after_fix', status: 500 },
  disk_full: { retry: 'after_fix', status: 507 },
  unexpected: { retry: 'same_id', status: 500 },
} as const satisfies Record<string, FaultRow>

export type FaultCode = keyof typeof faults

/** Why a book is not opened, or not written any more. */
export const bookFaultCodes = [
  'database_damaged',
  'database_newer',
  'database_too_old',
  'database_unfinished',
  'database_key_wrong',
  'folder_read_only',
  'disk_full',
] as const satisfies readonly FaultCode[]

export type BookFaultCode = (typeof bookFaultCodes)[number]

export const isBookFault = (code: string): code is BookFaultCode => bookFaultCodes.some(known => known === code)

/** An error of the outside world, with a code that each locale has a sentence for. */
export class Fault extends Error {
  readonly code: FaultCode
  constructor(code: FaultCode, options?: ErrorOptions) {
    super(code, options)
    this.name = 'Fault'
    this.code = code
  }
}
