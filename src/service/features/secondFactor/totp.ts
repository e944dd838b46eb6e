import { generateSecret, generateURI, verifySync } from 'otplib'
import { openSteps, stepSeconds } from '#core/account/secondFactor.ts'
import type { Instant } from '#core/ledger/command.ts'

/** 160 bits in base 32 (RFC 4226, 4: as long as the hash). */
export const newSecret = (): string => generateSecret({ length: 20 })

/** What authenticator apps read from a QR code: SHA-1, six digits, 30 s, which all of them know. */
export const setUpUri = (issuer: string, email: string, secret: string): string => generateURI({ issuer, label: email, secret })

/**
 * The time step that six digits are of: the present one, the one before or after, and later than the last one that was taken. Undefined where they
 * are of none. Each step is tried by itself, so that which one it was is known, and what was used once is refused.
 */
export const acceptedStep = (secret: string, code: string, lastStep: number, now: Instant): number | undefined =>
  openSteps(now, lastStep).find(step => verifySync({ secret, token: code, epoch: step * stepSeconds }).valid)
