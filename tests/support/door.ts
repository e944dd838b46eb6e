/** What the caller of a service has in hand: HTTP alone, whether the service runs in this process or in another. */
export type Door = ReturnType<typeof doorTo>

/** Calls the service at this address; `operatorToken` is for what only its operator may do. Throws what `fetch` throws, as when the service is killed. */
export function doorTo(url: string, operatorToken: string) {
  const call = async (method: string, route: string, body?: unknown, token?: string) => {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const answer = await fetch(url + route, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    return { status: answer.status, body: await answer.json() }
  }
  return {
    url,
    call,
    now: (): number => Date.now(),
    mails: async () => (await call('GET', '/v1/sandbox/mailbox')).body.mails,
    serviceId: async (): Promise<string> => (await call('GET', '/v1/service')).body.serviceId,
    importFile: async (file: string, body: BodyInit, signal?: AbortSignal) => {
      const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/octet-stream' }
      const options = { method: 'POST', headers, body, duplex: 'half', redirect: 'error', ...(signal && { signal }) } as const
      const answer = await fetch(`${url}/v1/operator/statements?file=${encodeURIComponent(file)}`, options)
      return { status: answer.status, body: await answer.json() }
    },
  }
}
