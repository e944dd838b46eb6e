/** How well a person is known, lowest first: by the e-mail alone, by what they typed, by an identity document, by where their money comes from. */
export const identityTiers = ['email', 'details', 'document', 'financial'] as const
export type IdentityTier = (typeof identityTiers)[number]

/** What leads from one tier to the next; each has the name of the tier that it leads to. */
export const identitySteps = ['details', 'document', 'financial'] as const
export type IdentityStep = (typeof identitySteps)[number]

/** The tier that these steps come to: a step counts while it is verified and all before it are. */
export function tierOf(isVerified: (step: IdentityStep) => boolean): IdentityTier {
  const first = identitySteps.findIndex(step => !isVerified(step))
  return identityTiers[first === -1 ? identitySteps.length : first] ?? 'email'
}
