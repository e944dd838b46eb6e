import { hash, type Options, verify } from '@node-rs/argon2'

/** Argon2id, the default of the library. The PHC string that comes out keeps these parameters, so that older hashes still verify when they grow. */
const passwordCost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const
/** A code lives ten minutes: trying all million of them takes longer even at this smaller cost. Source: OWASP password storage, least Argon2id. */
const codeCost = { ...passwordCost, memoryCost: 19_456, timeCost: 2 } as const

const make = (secret: string, cost: Options): Promise<string> => hash(secret, cost)

export const hashPassword = (password: string): Promise<string> => make(password, passwordCost)
export const hashCode = (code: string): Promise<string> => make(code, codeCost)

/** Claims that the secret is the one of the hash. With no hash the same work is done against one that nothing fits. */
export async function matches(secret: string, kept: string | null, kind: 'password' | 'code'): Promise<boolean> {
  const against = kept ?? (await nothingFits(kind))
  const isSame = await verify(against, secret)
  return isSame && kept !== null
}

const dummies: Partial<Record<'password' | 'code', Promise<string>>> = {}

function nothingFits(kind: 'password' | 'code'): Promise<string> {
  dummies[kind] ??= make(crypto.randomUUID(), kind === 'password' ? passwordCost : codeCost)
  return dummies[kind]
}
