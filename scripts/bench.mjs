// npm run bench [-- --json] [--only NAME] [--full]: what `tests/bench` measures, from the sources as they are. Says on stderr what it does.
import { prepare } from './prepare.mjs'
import { requireNode } from './projectNode.mjs'

await requireNode()
await prepare(line => process.stderr.write(`${line}\n`))
await import('../tests/bench/run.ts')
