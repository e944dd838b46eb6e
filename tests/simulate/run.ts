import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { makePeople } from './people.ts'
import { type Failure, failureText, runSeed } from './seeds.ts'

type Share = { readonly from: number; readonly until: number; readonly every: number; readonly mostMs: number }
type Told = { readonly failure: Failure | null }

const digits = /^\d{1,9}$/

function number(name: string, text: string): number {
  if (!digits.test(text)) throw new Error(`--${name} is a number, and not "${text}"`)
  return Number(text)
}

async function runShare({ from, until, every, mostMs }: Share, tell: (told: Told) => void): Promise<void> {
  const began = performance.now()
  const people = await makePeople()
  for (let seed = from; seed < until && performance.now() - began < mostMs; seed += every)
    tell({ failure: (await runSeed(seed, people)) ?? null })
}

function runElsewhere(share: Share, tell: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share })
    worker.on('message', tell)
    worker.on('error', reject)
    worker.on('exit', code => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))))
  })
}

/** `--seeds N` (1000) seeds `--from S` (1), shared by `--jobs J` (1) threads, for `--minutes M` at most; or the one `--seed S`. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' }, jobs: { type: 'string' } },
      minutes: { type: 'string' },
    },
  })
  const from = number('seed', values.seed ?? values.from ?? '1')
  const seeds = number('seeds', values.seed === undefined ? (values.seeds ?? '1000') : '1')
  const jobs = Math.max(1, Math.min(number('jobs', values.jobs ?? '1'), seeds))
  const mostMs = number('minutes', values.minutes ?? '10000') * 60_000
  const began = performance.now()
  const perSecond = (done: number): string => ((done / (performance.now() - began)) * 1000).toFixed(1)
  let done = 0
  let violations = 0
  const tell = ({ failure }: Told): void => {
    done += 1
    if (failure) violations += failure.violations.length
    if (failure) process.stdout.write(`${failureText(failure)}\n\n`)
    if (done % 500 === 0) process.stderr.write(`${done} seeds, ${perSecond(done)} a second\n`)
  }
  const shares = Array.from({ length: jobs }, (_, n) => ({ from: from + n, until: from + seeds, every: jobs, mostMs }))
  if (jobs === 1) await runShare({ from, until: from + seeds, every: 1, mostMs }, tell)
  else await Promise.all(shares.map(share => runElsewhere(share, tell)))
  process.stdout.write(`${perSecond(done)} seeds a second, from seed ${from}\n`)
  process.stdout.write(`simulate: ${done} seeds, ${violations} violations\n`)
  return violations === 0 ? 0 : 1
}

if (isMainThread) process.exitCode = await main()
else await runShare(workerData, told => parentPort?.postMessage(told))
