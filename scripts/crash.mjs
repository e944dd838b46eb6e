// npm run crash [-- --kills N] [--seed S] [--kind service|instance|postgres|wallet|all]: kills real processes at random moments under load, and looks whether
// anything acknowledged was lost or doubled. --flips N: changes N single bytes in each of their files, and looks whether one is shown as a figure.
import { requireNode } from './projectNode.mjs'

await requireNode()
await import('../tests/crash/run.ts')
