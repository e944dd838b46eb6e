/**
 * The entry of the service. The book's library ends the process on an older Node, so the version is checked before anything imports it.
 */
const oldestNode = 22

if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  const { speak } = await import('./program/speech.ts')
  process.stderr.write(`${speak(process.env)('nodeTooOld', { version: process.versions.node })}\n`)
  process.exitCode = 3
} else {
  const { runProgram } = await import('./program/program.ts')
  await runProgram(process.argv.slice(2))
}

export {}
