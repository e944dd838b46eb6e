import { z } from 'zod'
import { documentKinds, fundSources, monthlyVolumes, occupations } from '#core/identity/choices.ts'
import { rejectCodes } from '#core/identity/step.ts'
import { identitySteps, identityTiers } from '#core/identity/tier.ts'
import { amount, day, instant } from './scalars.ts'

export const identityStep = z.enum(identitySteps)
export const rejectCode = z.enum(rejectCodes)

/** As it is typed; the service makes it even. Countries are ISO 3166-1 alpha-2. */
export const personDetails = z.strictObject({
  name: z.string().max(500),
  latinName: z.string().max(500),
  bornOn: day,
  nationality: z.string().max(2),
  country: z.string().max(2),
  street: z.string().max(500),
  city: z.string().max(500),
  postalCode: z.string().max(50),
})

/** `mrz`: the two or three lines at the foot of the document; '' where it has none. */
export const documentDetails = z.strictObject({
  kind: z.enum(documentKinds),
  country: z.string().max(2),
  number: z.string().max(100),
  endsOn: day.nullable(),
  mrz: z.string().max(500),
})

export const financialDetails = z.strictObject({
  occupation: z.enum(occupations),
  source: z.enum(fundSources),
  monthly: z.enum(monthlyVolumes),
})

/** Where the machine-readable zone says something else than the person typed. */
export const mismatch = z.strictObject({
  field: z.enum(['name', 'bornOn', 'nationality', 'country', 'number', 'endsOn']),
  typed: z.string(),
  read: z.string(),
})

/** SHA-256 of the pages, base64url. */
export const documentAddress = z.base64url().length(43)

export const documentFile = z.strictObject({
  address: documentAddress,
  step: identityStep,
  pages: z.number().int(),
  kind: z.enum(['jpeg', 'png', 'pdf']),
  addedAt: instant,
  isHandedIn: z.boolean(),
})

export const stepStanding = z.strictObject({
  step: identityStep,
  revision: z.number().int().nonnegative(),
  state: z.enum(['needs_input', 'in_review', 'verified', 'rejected', 'expired']),
  /** Since when; null where nothing was handed in yet. */
  at: instant.nullable(),
  /** The last day on which it is good. */
  endsOn: day.nullable(),
  /** What an operator asked for or wrote. */
  sentence: z.string(),
  code: rejectCode.nullable(),
})

/** What a holder may pay at a tier, where nothing else is set for them. */
const tierLimits = z.strictObject({ tier: z.enum(identityTiers), perPayment: amount, perDay: amount, perMonth: amount })

/** Who a holder is, as far as the service knows. */
export const identity = z.strictObject({
  tier: z.enum(identityTiers),
  gives: z.array(tierLimits),
  steps: z.array(stepStanding),
  details: personDetails.nullable(),
  document: documentDetails.nullable(),
  financial: financialDetails.nullable(),
  files: z.array(documentFile),
  mismatches: z.array(mismatch),
})

export type IdentityWire = z.infer<typeof identity>
export type StepWire = z.infer<typeof stepStanding>
export type DocumentFileWire = z.infer<typeof documentFile>
export type PersonDetailsWire = z.infer<typeof personDetails>
export type DocumentDetailsWire = z.infer<typeof documentDetails>
export type FinancialDetailsWire = z.infer<typeof financialDetails>
