import codes from 'i18n-iso-countries/codes.json'
import { type AppLocale, intlTag } from '#locales/index.ts'
import type { Option } from '../../components/selects.tsx'

/** Every country and region of ISO 3166-1 by its name in the person's language, in the order of that language. */
export function countryOptions(locale: AppLocale): readonly Option[] {
  const names = new Intl.DisplayNames(intlTag(locale), { type: 'region' })
  const { compare } = new Intl.Collator(intlTag(locale))
  return codes
    .flatMap(([alpha2]) => (alpha2 === undefined ? [] : [{ id: alpha2, name: names.of(alpha2) ?? alpha2 }]))
    .sort((a, b) => compare(a.name, b.name))
}
