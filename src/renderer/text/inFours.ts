/** A reference or an IBAN in groups of four, as it is printed and read aloud. */
export const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ')
