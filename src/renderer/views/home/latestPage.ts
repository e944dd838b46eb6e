/** What the first screen asks of the history. */
export const latestPage = { filter: {}, after: null, limit: 8 } as const
