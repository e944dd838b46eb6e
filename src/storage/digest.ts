import { hash } from 'node:crypto'
import type { Digest } from '#core/ledger/chain.ts'

/** SHA-256 as base64url without padding, for chains and for what was asked. */
export const digest: Digest = text => hash('sha256', text, 'base64url')
