const blank = '\u0001'
/** Gives every argument that a failure's sentence may have. */
export const blanks = Object.fromEntries(
  [
    'amount',
    'limit',
    'used',
    'left',
    'missing',
    'available',
    'min',
    'max',
    'total',
    'held',
    'at',
    'resendAt',
    'waitUntil',
    'expiredAt',
    'freesUpAt',
    'until',
    'domain',
    'triesLeft',
    'service',
    'name',
    'currency',
    'shop',
  ].map(name => [name, blank]),
)
/** A sentence that was filled with blanks, as a pattern in which each may hold anything. */
export const sentence = (text: string) =>
  new RegExp(
    text
      .split(blank)
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  )
