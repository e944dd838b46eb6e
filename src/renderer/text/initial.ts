/** The first letter or character of a name. */
export const initial = (name: string): string => [...name.trim()][0]?.toLocaleUpperCase() ?? '·'
