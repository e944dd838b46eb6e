import type { Worker } from 'node:worker_threads'
import { Fault } from '#core/failure/faults.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { fromFailure, type WorkerCall, type WorkerSays } from './wallet/calls.ts'
import { startThread } from './wallet/thread.ts'

/** Each method hears steps of its own kind: `Call` is where the two are tied together. */
type OnStep = (step: never) => void

type Waiting = { resolve(value: unknown): void; reject(error: Error): void; readonly onStep: OnStep | undefined }

/** The thread's file stands beside this one: as source, and in the built application. */
const workerFile = import.meta.url.endsWith('.ts') ? './databaseWorker.ts' : './databaseWorker.js'

type Call = <M extends keyof WalletStore>(
  method: M,
  args: readonly unknown[],
  onStep?: OnStep,
) => Promise<Awaited<ReturnType<WalletStore[M]>>>

/** Sends calls to the thread and gives each its own answer. */
function caller() {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let ended: Error | undefined
  let last = 0
  const settle = (message: WorkerSays): void => {
    if (message.type === 'ready' || message.type === 'refused') return
    const call = waiting.get(message.id)
    if (message.type === 'step') {
      call?.onStep?.(message.step as never)
      return
    }
    waiting.delete(message.id)
    if (message.type === 'answer') call?.resolve(message.value)
    else call?.reject(fromFailure(message.failure))
  }
  const end = (reason: Error): void => {
    ended = reason
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
  }
  const call: Call = (method, args, onStep) =>
    new Promise((resolve, reject) => {
      if (ended || !worker) return reject(ended ?? new Fault('unexpected', { cause: new Error('the database is not open') }))
      last += 1
      waiting.set(last, { resolve: value => resolve(value as never), reject, onStep })
      worker.postMessage({ id: last, method, args } satisfies WorkerCall)
    })
  const attach = (started: Worker): void => {
    worker = started
  }
  return { call, settle, end, attach }
}

/**
 * Opens the wallet's encrypted database in a thread of its own, or makes it. The key has 32 bytes; it is copied, and the caller wipes its own.
 * `mustExist` refuses to make a new file in the place of one that is gone.
 * Faults: database_newer, database_too_old, database_key_wrong, database_damaged, folder_read_only, disk_full.
 */
export async function openWalletStore(options: {
  readonly path: string
  readonly key: Uint8Array
  readonly mustExist?: boolean
}): Promise<WalletStore> {
  const { path, key, mustExist = false } = options
  const { call, settle, end, attach } = caller()
  attach(await startThread(new URL(workerFile, import.meta.url), { path, key, mustExist, backUpTo: null }, settle, end))
  let closing: Promise<void> | undefined
  return {
    applyFeed: page => call('applyFeed', [page]),
    cursor: () => call('cursor', []),
    balances: () => call('balances', []),
    pastBalances: instants => call('pastBalances', [instants]),
    heads: () => call('heads', []),
    linkAt: (currency, version) => call('linkAt', [currency, version]),
    versionAt: (currency, before) => call('versionAt', [currency, before]),
    forgetBook: () => call('forgetBook', []),
    movements: (filter, after, limit) => call('movements', [filter, after, limit]),
    movement: id => call('movement', [id]),
    postingsOf: subject => call('postingsOf', [subject]),
    known: subjects => call('known', [subjects]),
    document: (kind, id) => call('document', [kind, id]),
    documents: (kind, limit) => call('documents', [kind, limit]),
    saveIntent: intent => call('saveIntent', [intent]),
    intent: id => call('intent', [id]),
    openIntents: () => call('openIntents', []),
    answerIntent: (id, answer) => call('answerIntent', [id, answer]),
    setting: name => call('setting', [name]),
    keepSetting: (name, value) => call('keepSetting', [name, value]),
    registersOf: subject => call('registersOf', [subject]),
    contactRegisters: () => call('contactRegisters', []),
    unsentSubjects: () => call('unsentSubjects', []),
    unsentRegisters: limit => call('unsentRegisters', [limit]),
    writeRegisters: (writings, now, device) => call('writeRegisters', [writings, now, device]),
    takeRegisters: (registers, cursor) => call('takeRegisters', [registers, cursor]),
    personalCursor: () => call('personalCursor', []),
    correctStamps: (correction, offsetMs) => call('correctStamps', [correction, offsetMs]),
    clockOffset: () => call('clockOffset', []),
    labels: () => call('labels', []),
    labelsOf: movements => call('labelsOf', [movements]),
    proveStatement: job => call('proveStatement', [job]),
    writeStatement: (job, onStep) => call('writeStatement', [job], onStep),
    stopStatement: id => call('stopStatement', [id]),
    backUp: target => call('backUp', [target]),
    rekey: (next, onStep) => call('rekey', [Uint8Array.from(next)], onStep),
    clearAccount: () => call('clearAccount', []),
    close: () => {
      closing ??= call('close', [])
      return closing
    },
  }
}
