// What must hold of the source before a test runs: types, form, promises that are waited for, and an OpenAPI document that says what the code does.
import { runNode } from './run.mjs'

const oxlintRules = ['typescript/no-floating-promises', 'typescript/no-misused-promises', 'typescript/await-thenable']

/** One row a check: what it claims, and the program of Node that proves it. */
export const checks = [
  { claim: 'every room typechecks', args: ['scripts/typecheck.mjs'] },
  { claim: 'biome finds nothing to mend', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off', '.'] },
  {
    claim: 'no promise is left floating',
    args: [
      'node_modules/oxlint/bin/oxlint',
      '--type-aware',
      '--deny-warnings',
      '-A',
      'all',
      ...oxlintRules.flatMap(rule => ['-D', rule]),
      'src',
      'tests',
    ],
  },
  { claim: 'docs/api/openapi.json is current', args: ['scripts/openapi.mjs', '--check'] },
]

/** Runs one check. `said` is what it found. */
export async function runCheck({ claim, args }) {
  const { code, said } = await runNode(args, { quiet: true })
  return { claim, ok: code === 0, said }
}

if (import.meta.main) {
  let failed = 0
  for (const check of checks) {
    const { claim, ok, said } = await runCheck(check)
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${claim}\n`)
    if (!ok) process.stdout.write(`${said}\n`)
    failed += ok ? 0 : 1
  }
  process.exit(failed ? 1 : 0)
}
