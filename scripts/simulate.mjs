// npm run simulate [-- --seeds N] [--from S] [--jobs J] [--minutes M] [--seed S]: the service and several wallets in one process under virtual time,
// with everything going wrong that a seed thinks of.
import { requireNode } from './projectNode.mjs'

await requireNode()
await import('../tests/simulate/run.ts')
