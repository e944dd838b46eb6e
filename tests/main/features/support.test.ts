import { describe, expect, it } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { supportFeature } from '#main/features/support.ts'
import type { Connection } from '#main/sync/connection.ts'
import type { SignedIn } from '#main/sync/signedIn.ts'

const own = { serviceId: 'OWNSERVICE00', supportEmail: 'help@okpay.example' }
const caller = { shell: 'loopback' } as const

/** A wallet that is signed in at `own`; `answers` is who answers at its address, or undefined where nobody does. */
function wallet() {
  const settings = new Map<string, string>()
  const line: { answers: typeof own | undefined } = { answers: own }
  const { contact } = supportFeature({
    account: { session: { serviceId: own.serviceId } } as SignedIn,
    store: {
      setting: async (name: string) => settings.get(name),
      keepSetting: async (name: string, value: string | null) => void (value === null ? settings.delete(name) : settings.set(name, value)),
    } as WalletStore,
    connection: {
      describe: async () => {
        if (!line.answers) throw new Fault('service_offline')
        return line.answers
      },
    } as Connection,
  })
  return { line, contact: () => contact({}, caller) }
}

const told = (email: string | null) => ({ ok: true, value: { email } })

describe('the address for mail', () => {
  it('is the one that the service tells, and follows it', async () => {
    const { line, contact } = wallet()
    expect(await contact()).toEqual(told('help@okpay.example'))
    line.answers = { ...own, supportEmail: 'people@okpay.example' }
    expect(await contact()).toEqual(told('people@okpay.example'))
  })

  it('is the one told last while nobody answers, and a fault where none was ever told', async () => {
    const { line, contact } = wallet()
    line.answers = undefined
    await expect(contact()).rejects.toThrow('service_offline')
    line.answers = own
    await contact()
    line.answers = undefined
    expect(await contact()).toEqual(told('help@okpay.example'))
  })

  it('is never that of another service at the same place', async () => {
    const { line, contact } = wallet()
    line.answers = { serviceId: 'STRANGER0000', supportEmail: 'thief@stranger.example' }
    await expect(contact()).rejects.toThrow('service_garbage')
    line.answers = own
    await contact()
    line.answers = { serviceId: 'STRANGER0000', supportEmail: 'thief@stranger.example' }
    expect(await contact()).toEqual(told('help@okpay.example'))
  })

  it.each(['', 'ask us', 'help@okpay.example?bcc=thief@stranger.example', 'help@okpay.example, thief@stranger.example'])(
    'is none where the service tells "%s"',
    async supportEmail => {
      const { line, contact } = wallet()
      line.answers = { ...own, supportEmail }
      expect(await contact()).toEqual(told(null))
    },
  )
})
