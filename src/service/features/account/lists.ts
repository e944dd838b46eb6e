import type { ThrowawayDomains } from '#core/account/email.ts'

/** What is loaded at its first use and then kept: the lists are large, and a service that nobody registers with does not need them. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load()
    return loaded
  }
}

/** Source: disposable-email-domains (MIT), both of its lists, and our own exceptions. */
export const throwawayDomains = once(async (): Promise<ThrowawayDomains> => {
  const [exact, wildcard, exceptions] = await Promise.all([
    import('disposable-email-domains/index.json', { with: { type: 'json' } }),
    import('disposable-email-domains/wildcard.json', { with: { type: 'json' } }),
    import('#resources/shared-mail-domains.json', { with: { type: 'json' } }),
  ])
  return { listed: new Set([...exact.default, ...wildcard.default]), shared: new Set(exceptions.default.shared) }
})

/** The 49,000 most used passwords, lower-cased. Source: @zxcvbn-ts/language-common (MIT), after the lists of Mark Burnett and others. */
export const commonPasswords = once(async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
})

/** ISO 3166-1 alpha-2, with XK for Kosovo (user-assigned, in use by banks). Source: i18n-iso-countries (MIT). */
export const countries = once(async (): Promise<ReadonlySet<string>> => {
  const codes = await import('i18n-iso-countries/codes.json', { with: { type: 'json' } })
  return new Set(codes.default.map(([alpha2 = '']) => alpha2))
})

/** The three letters of a country (ISO 3166-1 alpha-3) by its two. */
export const threeLetters = once(async (): Promise<ReadonlyMap<string, string>> => {
  const codes = await import('i18n-iso-countries/codes.json', { with: { type: 'json' } })
  return new Map(codes.default.map(([alpha2 = '', alpha3 = '']) => [alpha2, alpha3]))
})
