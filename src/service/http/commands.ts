import { type Command, type CommandType, commandBodies } from '#contracts/service/commands.ts'
import { type CommandAnswer, commandAnswer } from '#contracts/service/money.ts'
import { canonicalJson, signedText } from '#contracts/service/signing.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, KeptCommand, Tx } from '#storage/serviceStore.ts'
import { type CommandOutcome, type Feature, Parsed, type RunningCommand, type ServicePorts, type SignerCaller } from '../ports.ts'
import type { Metrics } from './metrics.ts'
import { isTextSigned } from './signature.ts'

/** A handler without its type: what it is given was parsed by the contract of its own type. */
type Handler = (tx: Tx, holder: Holder, command: RunningCommand<never>, ports: ServicePorts) => Promise<CommandOutcome>

/** The handler of every command. Throws where one is missing or two features serve the same: the service does not start. */
function handlersOf(features: readonly Feature[]): ReadonlyMap<string, Handler> {
  const handlers = new Map<string, Handler>()
  for (const feature of features)
    for (const [type, handler] of Object.entries<Handler>(feature.commands ?? {})) {
      if (handlers.has(type)) throw new Error(`two features serve the command ${type}`)
      handlers.set(type, handler)
    }
  const missing = Object.keys(commandBodies).filter(type => !handlers.has(type))
  if (missing.length > 0) throw new Error(`no feature serves ${missing.join(', ')}`)
  return handlers
}

const readAnswer = (json: string): CommandAnswer => commandAnswer.parse(JSON.parse(json))

/** The first answer again, where the same holder repeats the same wish; for any other use of the id the decline id_reused, which says nothing of it. */
const repeated = (kept: KeptCommand, holderId: string, content: string): Outcome<CommandAnswer> =>
  kept.holderId === holderId && kept.content === content ? ok(readAnswer(kept.answer)) : no('id_reused')

async function answerOf(tx: Tx, holder: Holder, outcome: CommandOutcome): Promise<CommandAnswer> {
  const feed = await tx.feed.last(holder.id)
  const answer = outcome.ok
    ? { ...outcome.value, ok: true, feed }
    : { ok: false, feed, decline: outcome.decline, ...(outcome.payment ? { payment: outcome.payment } : {}) }
  const parsed = commandAnswer.safeParse(answer)
  if (!parsed.success) throw new Fault('unexpected', { cause: parsed.error })
  return parsed.data
}

/**
 * One command, at most once: its first answer is saved in the transaction of what it did, a decline too, and is given for ever after.
 * `madeAt` is the device's own word and dates nothing.
 */
async function runOnce(
  tx: Tx,
  ports: ServicePorts,
  caller: SignerCaller,
  command: Command,
  handler: Handler,
  now: Instant,
): Promise<Outcome<CommandAnswer>> {
  const content = canonicalJson({ type: command.type, body: command.body })
  // Read inside the transaction: a security hold or a revoked device counts from its commit on.
  const [holder, device, kept] = await Promise.all([
    tx.holders.find(caller.holderId),
    tx.devices.find(caller.deviceId),
    tx.commands.find(command.id),
  ])
  if (!holder || !device || device.revokedAt !== null) return no('device_revoked')
  if (kept) return repeated(kept, holder.id, content)
  const body = commandBodies[command.type].safeParse(command.body)
  if (!body.success) return no('input_invalid', { field: `body.${body.error.issues[0]?.path.join('.') ?? ''}` })
  // The one place where a command meets its handler: the body was parsed by the contract of the same type.
  const running = { id: command.id, type: command.type as never, body: body.data as never, deviceId: caller.deviceId, now }
  const answer = await answerOf(tx, holder, await handler(tx, holder, running, ports))
  await tx.commands.keep({
    id: command.id,
    holderId: holder.id,
    deviceId: caller.deviceId,
    type: command.type,
    content,
    madeAt: command.madeAt,
    signature: command.signature,
    receivedAt: now,
    answer: JSON.stringify(answer),
  })
  return ok(answer)
}

/** `POST /v1/commands`: the only way in which a holder changes anything. Declines: signature_invalid, id_reused, input_invalid, device_revoked. */
export function commandFeature(features: readonly Feature[], metrics: Pick<Metrics, 'command' | 'decline'>): Feature {
  const handlers = handlersOf(features)
  const handlerOf = (type: CommandType): Handler => {
    const handler = handlers.get(type)
    if (!handler) throw new Error(`no feature serves ${type}`)
    return handler
  }
  return {
    routes: {
      command: async (ports, caller, command) => {
        const { publicKey, deviceId } = caller
        const text = () => signedText(ports.identity.serviceId, deviceId, command)
        const isSigned = await isTextSigned(ports.verifySignature, publicKey, text, command.signature)
        if (!isSigned) return no('signature_invalid')
        const outcome = await ports.store.write(
          tx => runOnce(tx, ports, caller, command, handlerOf(command.type), ports.clock()),
          caller.holderId,
        )
        // A refusal before it became a command is counted where it is answered.
        const declined = outcome.ok && !outcome.value.ok ? outcome.value.decline.code : undefined
        if (declined !== undefined) metrics.decline(declined)
        metrics.command(command.type, declined ?? (outcome.ok ? 'done' : outcome.decline.code))
        return outcome.ok ? ok(new Parsed(outcome.value)) : outcome
      },
    },
  }
}
