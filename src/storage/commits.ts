import { channel } from 'node:diagnostics_channel'

/** Told after each commit of a service's book that shares writes: how many it held. Whoever measures subscribes; nobody need. */
export type Commit = { readonly writes: number }

const told = channel('okpay.commit')

export const tellCommit = (commit: Commit): void => {
  if (told.hasSubscribers) told.publish(commit)
}

/** Returns what stops it. Commits of every book of this process are told. */
export function onCommit(listener: (commit: Commit) => void): () => void {
  const hear = (message: unknown) => listener(message as Commit)
  told.subscribe(hear)
  return () => {
    told.unsubscribe(hear)
  }
}
