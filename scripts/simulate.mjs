// npm run simulate [-- --seeds N] [--from S] [--jobs J] [--seed S]: the service and several wallets in one process under virtual time, with everything going wrong.
import { requireNode } from './projectNode.mjs'

await requireNode()
await import('../tests/simulate/run.ts')
