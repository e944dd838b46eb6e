import { generateSync } from 'otplib'
import { expect } from 'vitest'
import { scenario } from './world.ts'

scenario(
  'the security centre tells what is missing, what was done about it, and which mails are ours',
  async ({ alice, bob, another, service }) => {
    const found = async () => {
      const { rows } = await alice.get('securityCentre.overview', {})
      return Object.fromEntries(rows.map(({ check, finding }) => [check, finding]))
    }
    expect(await found()).toEqual({
      account: 'account_free',
      second_factor: 'factor_none',
      password: 'password_fine',
      devices: 'devices_known',
      recovery_kit: 'kit_none',
      app_lock: 'lock_itself',
      mail_phrase: 'phrase_none',
      limits: 'limits_hold',
      knowledge: 'knowledge_open',
    })
    const { secret } = await alice.get('secondFactor.setUpApp', {})
    await alice.get('secondFactor.confirmApp', { code: generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) }) })
    await alice.get('securityCentre.finishCheck', {})
    expect(await found()).toMatchObject({ second_factor: 'factor_app', knowledge: 'knowledge_done' })

    const { mails } = await alice.get('securityCentre.mails', {})
    expect(mails.map(({ to }) => to)).toEqual(mails.map(() => alice.email))
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('authenticator app'),
      expect.stringContaining('is ready'),
      expect.stringContaining('Your code'),
    ])
    expect(JSON.stringify(mails)).not.toMatch(/\b\d{6}\b/)
    expect((await bob.get('securityCentre.mails', {})).mails).toHaveLength(2)

    expect(await alice.ask('securityCentre.setPhrase', { phrase: 'seven quiet kettles', proof: null })).toMatchObject({
      code: 'second_factor_required',
    })
    const { rows } = await bob.get('securityCentre.setPhrase', { phrase: '  seven quiet   kettles ', proof: null })
    expect(rows.find(({ check }) => check === 'mail_phrase')).toMatchObject({ finding: 'phrase_set', name: 'seven quiet kettles' })
    const told = (await bob.get('account.mailbox', {})).mails.find(({ to }) => to === bob.email)
    expect(told?.text).toMatch(/^Your phrase: seven quiet kettles\n/)

    const nobody = await another()
    expect(await nobody.ask('securityCentre.overview', {})).toMatchObject({ code: 'not_signed_in' })
    await service.stop()
    expect(await found()).toMatchObject({ account: 'unreachable', second_factor: 'unreachable', recovery_kit: 'kit_none' })
  },
)
