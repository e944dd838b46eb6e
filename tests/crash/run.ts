import { parseArgs } from 'node:util'
import { runCampaign } from './campaign.ts'
import { runFlips, sayFlips } from './flips.ts'
import { kinds } from './world.ts'

async function flipBytes(count: number, seed: number): Promise<number> {
  const began = performance.now()
  const onFlip = (done: number) => {
    if (done % 1000 === 0) process.stderr.write(`${done} bytes\n`)
  }
  const files = await runFlips({ count, seed, onFlip })
  const shown = files.flatMap(file => file.shown)
  for (const place of shown.slice(0, 20)) process.stderr.write(`${place}\n`)
  for (const file of files) process.stdout.write(`${sayFlips(file)}\n`)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  process.stdout.write(
    `flips: ${count} bytes in each of ${files.length} files, ${shown.length} shown as a figure (seed ${seed}, ${seconds} s)\n`,
  )
  return shown.length === 0 ? 0 : 1
}

/** What `npm run crash` does with its words. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '25' },
      seed: { type: 'string', default: String(Date.now() % 1e9) },
      kind: { type: 'string', default: 'all' },
      flips: { type: 'string' },
    },
  })
  if (values.flips !== undefined) return flipBytes(Number(values.flips), Number(values.seed))
  const kind = values.kind === 'all' ? values.kind : kinds.find(one => one === values.kind)
  if (!kind) throw new TypeError(`--kind is one of ${kinds.join(', ')} or all`)
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort())
  const began = performance.now()
  const { kills, payments, violations } = await runCampaign({
    kind,
    kills: Number(values.kills),
    seed: Number(values.seed),
    signal: ending.signal,
    onKill: (done, found) => {
      if (done % 10 === 0) process.stderr.write(`${done} kills, ${found} violations\n`)
    },
  })
  for (const violation of violations.slice(0, 20)) process.stderr.write(`${violation}\n`)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  const each = kinds.flatMap(one => (kills[one] === 0 ? [] : [`${kills[one]} ${one}`])).join(', ')
  process.stdout.write(
    `crash: ${kinds.reduce((sum, one) => sum + kills[one], 0)} kills (${each}), ${payments} payments, ${violations.length} violations (seed ${values.seed}, ${seconds} s)\n`,
  )
  return violations.length === 0 ? 0 : 1
}

process.exitCode = await main()
