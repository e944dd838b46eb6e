import { z } from 'zod'
import type { Verification } from '#contracts/bridge/provider.ts'
import { signedHeads } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import { toDecimal } from '#core/money/amount.ts'
import { mismatchCodes, ProviderMismatch } from '#core/wallet/mismatch.ts'
import { verifiedSetting, type WalletStore } from '#core/wallet/store.ts'
import type { Clock } from '../ports.ts'
import { checkHeads, checkOwnLegs, endOf, type ToldPage } from './heads.ts'
import type { Mirror, News } from './mirror.ts'
import { type CheckedRoot, checkedRoot, checkRoots, fingerprintOf, type ToldRoots, textOf } from './roots.ts'
import type { ServiceKeys } from './serviceKeys.ts'

/** Stands between the feed and the mirror: what does not add up is not applied, is kept as evidence, and stops the wallet until the person goes on. */
export type Provider = {
  /** Reads a page before its turn. */
  read(page: ToldPage): void
  /** Checks a page and applies it. Throws `ProviderMismatch` once its evidence is on disk and the wallet stands still. */
  apply(after: number, page: ToldPage): Promise<News | undefined>
  /**
   * Checks each of the pages, which follow each other, and applies all at once. `apart` where something in them does not add up, or heads stand between them:
   * nothing changed, and `apply` takes them one by one.
   */
  applyTogether(after: number, pages: readonly ToldPage[]): Promise<News | undefined | 'apart'>
  /** The newest daily root that was checked. */
  knownRoot(): Promise<CheckedRoot | undefined>
  /** Checks daily roots against the book, which has been read to its newest row since they were told. Throws as `apply`. */
  checkRoots(told: ToldRoots): Promise<void>
  isStopped(): Promise<boolean>
  state(): Promise<Verification>
  /** The evidence of a mismatch of this account, as JSON. */
  evidence(id: string): Promise<string | undefined>
  /** Forgets the book and the mismatch, so that all is read and checked anew. False where this is not the mismatch of now. */
  goOn(id: string): Promise<boolean>
}

type ProviderParts = {
  readonly store: WalletStore
  readonly clock: Clock
  readonly ids: () => string
  readonly mirror: Mirror
  readonly keys: ServiceKeys
  readonly holderId: string
  readonly serviceId: string
  readonly serviceUrl: () => string | undefined
  /** Stop asking; the person is told. */
  readonly onStopped: () => void
  readonly onVerified: () => void
}

const found = z.object({
  id: z.string(),
  at: z.string(),
  code: z.enum(mismatchCodes),
  detail: z.record(z.string(), z.string()),
  holderId: z.string(),
  isOpen: z.boolean(),
})
type Found = z.infer<typeof found>

const proof = z.object({ heads: signedHeads, checkedAt: z.string() })
type Proof = z.infer<typeof proof>

const rootSetting = 'provider.root'

/** These outlive the account that is signed in: a provider that ends the session does not take the evidence away. */
const indexSetting = 'device.evidence'
const evidenceSetting = (id: string): string => `${indexSetting}.${id}`
/** A service that lies again and again does not fill the disk: the first and the newest are kept. */
const mostKept = 20

/** What was told, word for word. */
type Evidence = Readonly<Record<string, unknown>>

const verifiedOf = ({ heads, checkedAt }: Proof): NonNullable<Verification['verified']> => ({
  position: heads.position,
  checkedAt,
  signedAt: heads.at,
  keyId: heads.keyId,
  accounts: heads.accounts.length,
  movements: heads.accounts.reduce((sum, { version }) => sum + version, 0),
})

export function createProvider(parts: ProviderParts): Provider {
  const { store, clock, mirror, keys, holderId } = parts
  const iso = (): string => new Date(clock.now()).toISOString()
  /** Newer than what is on disk: where nothing is new there is nothing to write. */
  let newest: Proof | undefined
  let stopped: boolean | undefined
  let keeping: Promise<void> | undefined

  async function index(): Promise<readonly Found[]> {
    const kept = await store.setting(indexSetting)
    return kept === undefined ? [] : z.array(found).parse(JSON.parse(kept))
  }
  const keepIndex = (list: readonly Found[]): Promise<void> => store.keepSetting(indexSetting, JSON.stringify(list))
  const mine = async (): Promise<readonly Found[]> => (await index()).filter(one => one.holderId === holderId)

  async function lastProof(): Promise<Proof | undefined> {
    if (newest) return newest
    const kept = await store.setting(verifiedSetting)
    return kept === undefined ? undefined : proof.parse(JSON.parse(kept))
  }

  async function knownRoot(): Promise<CheckedRoot | undefined> {
    const kept = await store.setting(rootSetting)
    return kept === undefined ? undefined : checkedRoot.parse(JSON.parse(kept))
  }

  async function isStopped(): Promise<boolean> {
    stopped ??= (await mine()).some(({ isOpen }) => isOpen)
    return stopped
  }

  /** What was told, word for word, beside what this book says, so that a third person can check both. */
  async function evidenceOf(one: Found, told: Evidence): Promise<string> {
    const balances = await store.balances()
    const heads = await store.heads()
    const verified = await lastProof()
    return JSON.stringify({
      format: 'okpay.evidence.1',
      ...one,
      service: { id: parts.serviceId, address: parts.serviceUrl() ?? null, keys: await keys.pinned() },
      told,
      book: {
        position: await store.cursor(),
        accounts: balances.map(({ currency, postedMinor, heldMinor }) => ({
          currency,
          posted: toDecimal({ currency, minor: postedMinor }),
          held: toDecimal({ currency, minor: heldMinor }),
          ...heads.find(head => head.currency === currency),
        })),
        lastVerified: verified ? { ...verified, headsText: headsText(verified.heads) } : null,
        lastRoot: (await knownRoot()) ?? null,
      },
    })
  }

  async function keepEvidence({ mismatch }: ProviderMismatch, told: Evidence): Promise<void> {
    const one: Found = { id: parts.ids(), at: iso(), code: mismatch.code, detail: { ...mismatch.detail }, holderId, isOpen: true }
    await store.keepSetting(evidenceSetting(one.id), await evidenceOf(one, told))
    const [first, ...others] = await index()
    const dropped = others.slice(0, Math.max(0, others.length - (mostKept - 2)))
    await keepIndex([...(first ? [first] : []), ...others.slice(dropped.length), one])
    for (const { id } of dropped) await store.keepSetting(evidenceSetting(id), null)
  }

  async function check(after: number, page: ToldPage) {
    checkOwnLegs(page, holderId)
    return checkHeads(after, page, holderId, keys.find)
  }

  async function applyChecked(
    after: number,
    pages: readonly ToldPage[],
    checked: Awaited<ReturnType<typeof check>>,
  ): Promise<News | undefined> {
    if (!checked) return mirror.apply(after, pages)
    const last = await lastProof()
    const now: Proof = { heads: checked.heads, checkedAt: iso() }
    const isSame = pages.every(({ rows }) => rows.length === 0) && last?.heads.position === now.heads.position
    const news = await mirror.apply(after, pages, { accounts: checked.accounts, proof: isSame ? null : JSON.stringify(now) })
    if (news) {
      newest = now
      if (!isSame) parts.onVerified()
    }
    return news
  }

  async function applyTogether(after: number, pages: readonly ToldPage[]): Promise<News | undefined | 'apart'> {
    let end = after
    let heads: Awaited<ReturnType<typeof check>>
    for (const page of pages) {
      // The book must stand at these first.
      if (heads) return 'apart'
      heads = await check(end, page)
      end = endOf(end, page)
    }
    return applyChecked(after, pages, heads)
  }

  async function keepRoots(told: ToldRoots): Promise<void> {
    const proof = await lastProof()
    const known = await knownRoot()
    if (!proof) return
    const headsAt = Date.parse(proof.heads.at)
    const found = await checkRoots(
      { store, serviceId: parts.serviceId, holderId, keyOf: keys.find, known, headsAt, checkedAt: iso() },
      told,
    )
    if (!found || found === known || (await isStopped())) return
    await store.keepSetting(rootSetting, JSON.stringify(found))
    parts.onVerified()
  }

  /** What does not add up is kept with all that was told; undefined where the wallet stands still already. */
  async function checked<T>(work: () => Promise<T>, told: () => Evidence): Promise<T | undefined> {
    if (await isStopped()) return undefined
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ProviderMismatch)) throw error
      // From here on nothing is spent, also while the evidence is being written. Two answers at once are one mismatch.
      stopped = true
      keeping ??= keepEvidence(error, told()).then(parts.onStopped)
      await keeping
      throw error
    }
  }

  return {
    isStopped,
    read: mirror.read,
    async applyTogether(after, pages) {
      try {
        return (await isStopped()) ? undefined : await applyTogether(after, pages)
      } catch (error) {
        if (error instanceof ProviderMismatch) return 'apart'
        throw error
      }
    },
    apply: (after, page) =>
      checked(
        async () => applyChecked(after, [page], await check(after, page)),
        () => ({ after, page, headsText: page.heads && headsText(page.heads) }),
      ),
    knownRoot,
    checkRoots: told =>
      checked(
        () => keepRoots(told),
        () => ({ ...told, rootTexts: told.roots.map(root => textOf(parts.serviceId, root)) }),
      ),
    async state() {
      await keeping
      const all = (await mine()).map(({ holderId: _, isOpen, ...mismatch }) => ({ isOpen, mismatch }))
      const last = await lastProof()
      const root = await knownRoot()
      return {
        verified: last ? verifiedOf(last) : null,
        root: root ? { day: root.root.day, fingerprint: fingerprintOf(root.hash), checkedAt: root.checkedAt } : null,
        mismatch: all.find(({ isOpen }) => isOpen)?.mismatch ?? null,
        earlier: all.flatMap(({ isOpen, mismatch }) => (isOpen ? [] : [mismatch])).reverse(),
      }
    },
    evidence: async id => ((await mine()).some(one => one.id === id) ? store.setting(evidenceSetting(id)) : undefined),
    async goOn(id) {
      const all = await index()
      if (!all.some(one => one.id === id && one.holderId === holderId && one.isOpen)) return false
      await mirror.forget()
      newest = undefined
      await keepIndex(all.map(one => (one.holderId === holderId ? { ...one, isOpen: false } : one)))
      stopped = false
      keeping = undefined
      return true
    },
  }
}
