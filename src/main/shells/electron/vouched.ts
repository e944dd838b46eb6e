import { z } from 'zod'

/** So many addresses of shops are remembered; the oldest fall out. */
const mostAddresses = 100

const ofOrder = z.object({ order: z.object({ returnUrl: z.url() }) })
const ofState = z.object({ service: z.object({ shopUrl: z.url() }) })

/**
 * The addresses outside of OKPAY which the wallet itself has told the page: the way back to a shop, to be opened exactly as it was told, and the
 * shop of a sandbox, with any query. What a page asks to open beside them was not the wallet's idea.
 */
export type VouchedAddresses = {
  /** Hears an answer or an event of the wallet on its way to the page. */
  readonly note: (told: unknown) => void
  readonly has: (address: URL) => boolean
}

const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/** https anywhere, http on this computer alone; never with a name or password in it. */
const isOpenable = ({ protocol, hostname, username, password }: URL): boolean =>
  username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname)))

const withoutQuery = ({ origin, pathname }: URL): string => origin + pathname

export function createVouchedAddresses(): VouchedAddresses {
  let shop: string | undefined
  let ways: readonly string[] = []
  return {
    note: told => {
      const order = ofOrder.safeParse(told).data
      if (order) {
        const way = new URL(order.order.returnUrl).href
        ways = [...ways.filter(known => known !== way), way].slice(-mostAddresses)
      }
      const state = ofState.safeParse(told).data
      if (state) shop = withoutQuery(new URL(state.service.shopUrl))
    },
    has: address => isOpenable(address) && (ways.includes(address.href) || withoutQuery(address) === shop),
  }
}
