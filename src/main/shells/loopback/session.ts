import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** So many launch tokens may wait to be used; the oldest falls out. */
const mostTokens = 8

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const isSame = (a: Buffer, b: Buffer): boolean => timingSafeEqual(a, b)
const fresh = (): string => randomBytes(32).toString('base64url')

export type Session = {
  /** A launch token: whoever brings it first gets the cookie. */
  readonly issueToken: () => string
  /** Uses a token up; the value of `Set-Cookie`, or undefined where the token is unknown or used. */
  readonly redeem: (token: string, port: number) => string | undefined
  /** Whether a `Cookie` header holds the session of this process. */
  readonly admits: (cookieHeader: string | undefined, port: number) => boolean
}

/** Cookies do not know ports: each port has its own name, so that two wallets of one person do not put each other out. */
const cookieName = (port: number): string => `okpay_${port}`

/** One session a process: it ends with the process, and nothing of it is written anywhere. */
export function createSession(): Session {
  let tokens: readonly Buffer[] = []
  const secret = fresh()
  return {
    issueToken: () => {
      const token = fresh()
      tokens = [...tokens, digest(token)].slice(-mostTokens)
      return token
    },
    redeem: (token, port) => {
      const given = digest(token)
      const left = tokens.filter(waiting => !isSame(waiting, given))
      if (left.length === tokens.length) return undefined
      tokens = left
      return `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`
    },
    admits: (header, port) => {
      const prefix = `${cookieName(port)}=`
      const given = header
        ?.split(';')
        .map(part => part.trim())
        .filter(part => part.startsWith(prefix))
      const only = given?.length === 1 ? given[0] : undefined
      return only !== undefined && isSame(digest(only.slice(prefix.length)), digest(secret))
    },
  }
}
