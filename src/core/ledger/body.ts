import type { LedgerCommand, Leg } from './command.ts'

type Part = string | number | boolean

/** Added in place, for this is built for each command. */
function withLegs(parts: Part[], legs: readonly Leg[]): readonly Part[] {
  for (const { account, minor } of legs) parts.push(account, String(minor))
  return parts
}

function partsOf(command: LedgerCommand): readonly Part[] {
  const { type } = command
  switch (type) {
    case 'open':
    case 'freeze':
    case 'close':
    case 'reopen':
      return [type, command.account]
    case 'post':
      return withLegs([type, command.kind, command.subject, command.effectiveAt], command.legs)
    case 'transfer':
      return [type, command.subject, command.effectiveAt, command.from, command.to, String(command.minor)]
    case 'exchange': {
      const { subject, effectiveAt, from, to, minor, desk, rate } = command
      return [type, subject, effectiveAt, from, to, String(minor), desk, String(rate.numerator), String(rate.denominator)]
    }
    case 'reverse':
      return [type, command.subject, command.effectiveAt, command.posting]
    case 'hold':
      return [type, command.account, String(command.minor), command.subject, command.expiresAt]
    case 'capture':
      return withLegs([type, command.hold, command.kind, command.subject, command.final], command.legs)
    case 'release':
    case 'expire':
      return [type, command.hold]
  }
}

/** What a command asks, as one text: equal for equal wishes. Its id and the moment at which it was sent are no part of it, so that a repeat is a repeat. */
export const bodyOf = (command: LedgerCommand): string => JSON.stringify(partsOf(command))
