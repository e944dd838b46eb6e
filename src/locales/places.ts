import { type AppLocale, intlTag } from './index.ts'

/** The name of a country or region (ISO 3166-1 alpha-2) in the person's language. */
export const placeName = (locale: AppLocale, country: string): string =>
  new Intl.DisplayNames(intlTag(locale), { type: 'region' }).of(country) ?? country
