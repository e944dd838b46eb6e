/** Whether this is the URL of a PostgreSQL database. */
export const isPostgresUrl = (text: string): boolean => URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)

/** The password in the URL of a database; '' where there is none, or no URL. */
export function passwordIn(url: string): string {
  if (!URL.canParse(url)) return ''
  const { password, searchParams } = new URL(url)
  const named = searchParams.get('password') ?? ''
  try {
    return decodeURIComponent(password) || named
  } catch {
    return password
  }
}

export const hasPassword = (url: string): boolean => passwordIn(url) !== ''

/** The URL as it may be shown: without a password, and without anything else that was meant as one but cannot be read as a URL. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return '***'
  const shown = new URL(url)
  shown.password = ''
  shown.searchParams.delete('password')
  return shown.href
}
