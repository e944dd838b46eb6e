import type { LedgerCommand, Leg } from './command.ts'

const legsOf = (legs: readonly Leg[]): readonly string[] => legs.flatMap(({ account, minor }) => [account, String(minor)])

function partsOf(command: LedgerCommand): readonly unknown[] {
  switch (command.type) {
    case 'open':
      return [command.account]
    case 'post':
      return [command.kind, command.subject, command.effectiveAt, ...legsOf(command.legs)]
    case 'hold':
      return [command.account, String(command.minor), command.subject, command.expiresAt]
    case 'capture':
      return [command.hold, command.kind, command.subject, ...legsOf(command.legs)]
    case 'release':
      return [command.hold]
  }
}

/** What a command asks, as one text: equal for equal wishes. Its id and the moment at which it was sent are no part of it, so that a repeat is a repeat. */
export const bodyOf = (command: LedgerCommand): string => JSON.stringify([command.type, ...partsOf(command)])
