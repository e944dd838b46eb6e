import type { LedgerCommand, Leg } from './command.ts'

const legsOf = (legs: readonly Leg[]): readonly string[] => legs.flatMap(({ account, minor }) => [account, String(minor)])

function partsOf(command: LedgerCommand): readonly unknown[] {
  switch (command.type) {
    case 'open':
    case 'freeze':
    case 'close':
    case 'reopen':
      return [command.account]
    case 'post':
      return [command.kind, command.subject, command.effectiveAt, ...legsOf(command.legs)]
    case 'transfer':
      return [command.subject, command.effectiveAt, command.from, command.to, String(command.minor)]
    case 'exchange': {
      const { subject, effectiveAt, from, to, minor, desk, rate } = command
      return [subject, effectiveAt, from, to, String(minor), desk, String(rate.numerator), String(rate.denominator)]
    }
    case 'reverse':
      return [command.subject, command.effectiveAt, command.posting]
    case 'hold':
      return [command.account, String(command.minor), command.subject, command.expiresAt]
    case 'capture':
      return [command.hold, command.kind, command.subject, command.final, ...legsOf(command.legs)]
    case 'release':
    case 'expire':
      return [command.hold]
  }
}

/** What a command asks, as one text: equal for equal wishes. Its id and the moment at which it was sent are no part of it, so that a repeat is a repeat. */
export const bodyOf = (command: LedgerCommand): string => JSON.stringify([command.type, ...partsOf(command)])
