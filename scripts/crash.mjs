// npm run crash [-- --kills N] [--seed S] [--kind service|instance|postgres|wallet|all]: kills real processes at random moments under load, and looks whether
// anything acknowledged was lost or doubled.
import { requireNode } from './projectNode.mjs'

await requireNode()
await import('../tests/crash/run.ts')
