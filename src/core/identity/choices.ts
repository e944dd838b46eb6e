/** What an identity document can be, and what a person says of their work and money: closed lists, each with its words in the locales. */
export const documentKinds = ['passport', 'id_card', 'residence_permit', 'driving_licence'] as const
export const occupations = ['employed', 'self_employed', 'student', 'retired', 'homemaker', 'looking_for_work'] as const
export const fundSources = ['salary', 'business', 'savings', 'investments', 'property', 'inheritance', 'family', 'benefits'] as const
/** What comes in and goes out in a month, in euro: up to. */
export const monthlyVolumes = ['1000', '5000', '20000', '100000', 'more'] as const
