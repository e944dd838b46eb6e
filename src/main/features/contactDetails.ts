import type { Feature } from '../bridge/implement.ts'
import type { SignedIn } from '../sync/signedIn.ts'

type ContactDetailsParts = { readonly account: SignedIn; readonly onMail: () => void }

/** How the person is reached, as the service keeps it: nothing of it is kept here but the e-mail, with the profile. */
export const contactDetailsFeature = ({ account: { call }, onMail }: ContactDetailsParts): Feature<'contactDetails'> => ({
  state: () => call('contactDetails', {}),
  async start(input) {
    const outcome = await call('startContactChange', input)
    onMail()
    return outcome
  },
  finish: input => call('finishContactChange', input),
})
