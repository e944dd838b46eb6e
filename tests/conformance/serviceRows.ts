import type { AccountLock } from '#core/accountLock/accountLock.ts'
import type { AuditEntry } from '#core/audit/acts.ts'
import type { Order } from '#core/payment/order.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import type { ContactChange } from '#storage/contactRepositories.ts'
import type { BankEntry, BankLine, MailRecord, Registration } from '#storage/featureRepositories.ts'
import type { DocumentRecord, IdentityRecord } from '#storage/identityRepositories.ts'
import type { FreezeLink } from '#storage/lockRepositories.ts'
import type { RiskCase, RiskDifference } from '#storage/riskRepositories.ts'
import type { ChallengeRecord, PasswordReset, SafetyRecord } from '#storage/safetyRepositories.ts'
import type { Device, Holder, KeptCommand, Session } from '#storage/serviceStore.ts'

export const ana: Holder = {
  id: 'ana',
  email: 'Ana@example.org',
  emailKey: 'ana@example.org',
  name: 'Ana 李',
  country: 'DE',
  bornOn: null,
  timeZone: 'Europe/Berlin',
  heldDay: null,
  heldDayEndsAt: null,
  locale: 'en',
  passwordHash: '$argon2id$x',
  registeredAt: 1_800_000_000_123,
  securityHoldSince: null,
  tier: 'email',
}
export const laptop: Device = {
  ...{ id: 'laptop', holderId: 'ana', publicKey: 'k', name: 'Laptop', system: 'Linux', addedAt: 5, revokedAt: null },
  ...{ usedAt: null, country: null, installation: 'desk' },
}
export const session: Session = {
  tokenHash: 't',
  holderId: 'ana',
  deviceId: 'laptop',
  startedAt: 6,
  endedAt: null,
  madeAt: 6,
  replacedAt: null,
}
/** A deed with what is hard to write down. */
export const deed: AuditEntry = {
  at: 7,
  by: 'operator',
  act: 'limit.set',
  object: 'holder:ana',
  detail: { kind: 'per_day', Z: '茶 "é"\n', a: '' },
}
export const order: Order = {
  id: 'order',
  code: 'ABCD2345',
  state: 'open',
  shop: { id: 'lumen', name: 'Lumen', verified: true, sandbox: false },
  shopReference: 'B-1',
  lines: [{ title: 'Note book', quantity: 2, minor: 3_700n }],
  currency: 'EUR',
  minor: 3_700n,
  createdAt: 10,
  expiresAt: 100,
  returnUrl: null,
  onlyIn: null,
  paymentId: null,
  timeline: [{ state: 'open', at: 10 }],
}
export const topUp = (id: string, reference: TopUp['reference'], expiresAt: number): TopUp => ({
  id,
  holderId: 'ana',
  state: 'instructed',
  amount: { currency: 'KWD', minor: 12_405n },
  credited: null,
  reference,
  instructions: { accountHolder: 'O', account: 'A', bic: 'B', bankName: 'N', scheme: 'SEPA', epcPayload: null },
  createdAt: 1,
  expectedBy: 2,
  expiresAt,
  problem: null,
  timeline: [],
})
export const mail = (id: string, more: Partial<MailRecord> = {}): MailRecord => ({
  id,
  holderId: null,
  to: 'a@b.c',
  subject: 's',
  text: 't',
  state: 'queued',
  by: 'smtp',
  createdAt: 1,
  goodUntil: 100,
  tries: 0,
  nextTryAt: 10,
  sentAt: null,
  problem: null,
  ...more,
})
export const registration: Registration = {
  id: 'r1',
  email: 'Ana@example.org',
  emailKey: 'ana@example.org',
  locale: 'en',
  codeHash: null,
  codeExpiresAt: 900,
  sentAt: 20,
  sent: 2,
  triesLeft: 5,
  startedAt: 10,
  verifiedAt: null,
  completedAt: null,
}
export const command: KeptCommand = {
  id: 'c1',
  holderId: 'ana',
  deviceId: 'laptop',
  type: 'order.cancel',
  content: '{"a":"é"}',
  madeAt: '2026-11-22T00:00:00Z',
  signature: 's',
  receivedAt: 7,
  answer: '{"ok":true}',
}
export const line = (seq: number): BankLine => ({
  ...{ seq, statement: 1, identity: `i${seq}`, account: 'DE1', amount: '1.00', currency: 'EUR', isMoneyIn: true, bookedOn: '2026-11-22' },
  ...{ valueOn: '2026-11-22', debtor: 'Ana', remittance: 'x', bankReference: 'b', references: ['RF'], problem: null },
})
export const entry: BankEntry = {
  ...{
    id: 'e1',
    identity: 'i1',
    importId: 'run',
    file: 'a.xml',
    state: 'waiting',
    topUpId: null,
    importedAt: 4,
    account: 'DE1',
    amount: '1.00',
  },
  ...{
    currency: 'EUR',
    bookedOn: '2026-11-22',
    valueOn: '2026-11-22',
    debtor: 'Ana',
    remittance: 'x',
    bankReference: 'b',
    problem: 'pending',
  },
}
export const run = { id: 'run', file: 'a.xml', startedAt: 1, finishedAt: null, bytes: 0, sha256: '', refused: null }
export const riskCase: RiskCase = {
  ...{ id: 'c1', holderId: 'ana', deviceId: 'laptop', at: 10, ruleSet: 1, score: 150, decision: 'hold', reasons: '[]', payment: '{}' },
  ...{ state: 'waiting', holdId: 'h1', endsAt: 20, approvedBy: null, answer: null },
}
export const riskDifference: RiskDifference = {
  ...{ paymentId: 'p1', at: 10, ruleSet: 1, decision: 'allow', shadowSet: 2, shadowDecision: 'challenge', shadowScore: 52 },
}
export const safety: SafetyRecord = {
  holderId: 'ana',
  appSecret: 'sealed',
  appSince: 1_800_000_000_123,
  appStep: 60_000_000,
  mailSince: null,
  lineMinor: 100_000,
  passwordChangedAt: null,
  mailPhrase: 'seven quiet 茶 kettles',
}
export const lock: AccountLock = {
  id: 'lock',
  holderId: 'ana',
  by: 'holder',
  reason: 'asked',
  since: 5,
  opensAt: null,
  agreedBy: null,
  liftedAt: null,
  steps: [{ step: 'set', at: 5, by: 'holder:ana' }],
}
export const freezeLink: FreezeLink = { tokenHash: 'f1', holderId: 'ana', expiresAt: 900, usedAt: null }
export const challenge: ChallengeRecord = {
  idHash: 'h1',
  holderId: 'ana',
  kind: 'act',
  content: '{"kind":"password"}',
  commandId: 'c1',
  ways: 'app recovery',
  codeHash: null,
  codeSentAt: null,
  triesLeft: 5,
  begunAt: 10,
  expiresAt: 610,
  provedAt: null,
  usedAt: null,
}
export const reset: PasswordReset = {
  id: 'x1',
  emailKey: 'ana@example.org',
  holderId: 'ana',
  codeHash: 'h',
  codeExpiresAt: 900,
  triesLeft: 5,
  startedAt: 10,
  passwordHash: null,
  holdsFrom: null,
  endedAt: null,
}

export const contactChange: ContactChange = {
  ...{ id: 'c1', holderId: 'ana', deviceId: 'laptop', kind: 'email', before: 'ana@example.org', after: 'li@example.org' },
  ...{
    keyBefore: 'ana@example.org',
    keyAfter: 'li@example.org',
    codeHash: '$argon2id$code',
    codeExpiresAt: 20,
    triesLeft: 5,
    startedAt: 10,
  },
  ...{ doneAt: null, undoHash: null, undoUntil: null, undoneAt: null },
}
/** Ana's document in review, and the file that she handed in for it. */
export const identityStep: IdentityRecord = {
  ...{ holderId: 'ana', step: 'document', revision: 1, state: 'in_review', at: 20, endsOn: null, detail: '{}' },
  content: '{"name":"李 😀\\n"}',
}
export const documentFile: DocumentRecord = {
  ...{ holderId: 'ana', address: 'a1', step: 'document', pages: 2, kind: 'pdf', bytes: 12, addedAt: 5, keptUntil: null },
  state: 'handed_in',
}
