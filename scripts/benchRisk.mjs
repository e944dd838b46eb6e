// npm run bench:risk [-- --json] [--seeds 101,102,103] [--payments 200000]: how much planted fraud the risk engine finds in years of payments that are
// made from seeds, and how often it stops an honest one. Says on stderr what it does.
import { requireNode } from './projectNode.mjs'

await requireNode()
await import('../tests/bench/risk/run.ts')
