import { readFileSync } from 'node:fs'

/** What this process has in memory now (`VmRSS`) or had at most (`VmHWM`), in MB. On Linux `maxRSS` will not do: what started the process counts in it. */
export function ownMemoryMb(name: 'VmRSS' | 'VmHWM'): number {
  if (process.platform !== 'linux') return name === 'VmHWM' ? process.resourceUsage().maxRSS / 1024 : process.memoryUsage.rss() / 2 ** 20
  const [, kb] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kb ?? Number.NaN) / 1024
}
