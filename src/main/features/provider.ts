import { isAbsolute } from 'node:path'
import { no, ok } from '#core/failure/outcome.ts'
import type { Feature } from '../bridge/implement.ts'
import type { SignedIn } from '../sync/signedIn.ts'
import { freePath, writeNew } from './downloads.ts'

type ProviderFeatureParts = { readonly account: SignedIn; readonly downloadsDir: string }

/** What the wallet found when it checked its provider, and the person's decision about it. */
export const providerFeature = ({ account, downloadsDir }: ProviderFeatureParts): Feature<'provider'> => {
  const { provider } = account
  return {
    state: async () => ok(await provider.state()),
    async check() {
      await account.check()
      return ok(await provider.state())
    },
    async saveEvidence({ id, path }, caller) {
      // Only the owner's own terminal says where a file goes; a page never does.
      if (path !== null && caller.shell !== 'terminal') return no('not_allowed')
      if (path !== null && !isAbsolute(path)) return no('input_invalid', { members: 'path' })
      const evidence = await provider.evidence(id)
      if (evidence === undefined) return no('not_found')
      const to = path ?? (await freePath(downloadsDir, 'okpay-evidence', 'json'))
      await writeNew(to, `${JSON.stringify(JSON.parse(evidence), null, 2)}\n`)
      return ok({ path: to })
    },
    async goOn({ id }) {
      if (!(await account.goOn(id))) return no('not_found')
      return ok(await provider.state())
    },
  }
}
