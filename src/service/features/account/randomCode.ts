import { codeSpace, codeText } from '#core/account/code.ts'
import type { ServicePorts } from '../../ports.ts'

/** Six digits without bias: numbers that do not fit a whole number of times into four bytes are thrown away. */
export function randomCode(random: ServicePorts['random']): string {
  const limit = 2 ** 32 - (2 ** 32 % codeSpace)
  for (;;) {
    const number = Buffer.from(random(4)).readUInt32BE()
    if (number < limit) return codeText(number % codeSpace)
  }
}
