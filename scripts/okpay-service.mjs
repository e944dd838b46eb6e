#!/usr/bin/env node
// `okpay-service`: the service by itself. What it says of building goes to stderr: stdout belongs to the command.
import { ensureBuilt } from './freshBuild.mjs'
import { requireNode } from './projectNode.mjs'

await requireNode()
await ensureBuilt(line => process.stderr.write(`${line}\n`))
await import('../out/main/service.js')
