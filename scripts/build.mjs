// Builds the app where what is built is older than its source.
import { ensureBuilt } from './freshBuild.mjs'
import { requireNode } from './projectNode.mjs'

await requireNode()
await ensureBuilt(line => process.stdout.write(`${line}\n`))
