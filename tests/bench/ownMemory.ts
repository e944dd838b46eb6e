import { readFileSync } from 'node:fs'

type Memory = 'VmRSS' | 'VmHWM'

/** What a process has in memory now (`VmRSS`) or had at most (`VmHWM`), in MB. Linux only: it reads /proc. */
export function memoryMb(name: Memory, pid: number | 'self'): number {
  const [, kb] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb ?? Number.NaN) / 1024
}

/** The same of this process. On Linux `maxRSS` will not do: what started the process counts in it. */
export function ownMemoryMb(name: Memory): number {
  if (process.platform === 'linux') return memoryMb(name, 'self')
  return name === 'VmHWM' ? process.resourceUsage().maxRSS / 1024 : process.memoryUsage.rss() / 2 ** 20
}
