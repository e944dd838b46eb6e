/** The same keys with other words: what a locale must hold to stand beside English. */
export type Shape<T> = T extends string ? string : { readonly [K in keyof T]: Shape<T[K]> }

/** The dotted keys of a tree of messages: `home.total`, `declines.code_wrong.what`. */
export type KeyOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${KeyOf<T[K]>}`
}[keyof T & string]

export type MessageTree = { readonly [key: string]: string | MessageTree }

/** Lays a tree of messages flat, by dotted key. */
export function flatten(tree: MessageTree, prefix = ''): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {}
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat[prefix + key] = value
    else Object.assign(flat, flatten(value, `${prefix}${key}.`))
  }
  return flat
}
