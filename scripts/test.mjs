// `npm test`: prepares the machine, builds, checks the source, runs every test, and ends with one line that says how it went.
// `--only PROJECT` (unit, scenarios, system, e2e) leaves out the checks and the other projects.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { checks, runCheck } from './check.mjs'
import { prepare } from './prepare.mjs'
import { runNode } from './run.mjs'

const projects = ['unit', 'scenarios', 'system', 'e2e']
const say = line => process.stdout.write(`${line}\n`)
const results = []
const add = (name, state, detail = '') => results.push({ name, state, detail })

function readOnly(args) {
  if (args.length === 0) return undefined
  if (args.length === 2 && args[0] === '--only' && projects.includes(args[1])) return args[1]
  say(`Usage: npm test [-- --only ${projects.join('|')}]`)
  process.exit(64)
}

async function runProject(project, folder) {
  say(`\n== ${project}`)
  const report = join(folder, `${project}.json`)
  const { code } = await runNode(
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=./scripts/vitestReport.mjs'],
    { env: { OKPAY_TEST_REPORT: report, NO_COLOR: '1', FORCE_COLOR: '0' } },
  )
  const read = readReport(report)
  for (const { name, state, reason, errors } of read.tests)
    add(`${project}: ${name}`, state, state === 'skipped' ? reason : errors.join('\n'))
  for (const { name, errors } of read.broken) add(`${project}: ${name}`, 'failed', errors.join('\n'))
  const anyFailed = results.some(({ name, state }) => state === 'failed' && name.startsWith(`${project}: `))
  if (code !== 0 && !anyFailed) add(`${project}: vitest ended well`, 'failed', `exit code ${code}`)
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { tests: [], broken: [{ name: 'vitest left a report', errors: ['there is none'] }] }
  }
}

async function build() {
  say('== build')
  const { code, said } = await runNode(['scripts/build.mjs'], { quiet: true })
  if (code !== 0) say(said)
  add('the app builds', code === 0 ? 'passed' : 'failed', said)
}

async function checkSource() {
  say('\n== check')
  for (const check of checks) {
    const { claim, ok, said } = await runCheck(check)
    say(`${ok ? 'ok  ' : 'FAIL'} ${claim}`)
    if (!ok) say(said)
    add(claim, ok ? 'passed' : 'failed', said)
  }
}

const firstLines = text => stripVTControlCharacters(text).trim().split('\n').slice(0, 8).join('\n    ')

function sumUp() {
  const of = state => results.filter(result => result.state === state)
  const [passed, failed, skipped] = [of('passed'), of('failed'), of('skipped')]
  if (skipped.length > 0) say('\nSkipped:')
  for (const { name, detail } of skipped) say(`  ${name}${detail ? `: ${detail}` : ''}`)
  if (failed.length > 0) say('\nFailed:')
  for (const { name, detail } of failed) say(`  ${name}\n    ${firstLines(detail)}`)
  say(`\n${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`)
  return failed.length === 0 && passed.length > 0 ? 0 : 1
}

const only = readOnly(process.argv.slice(2))
if (Number(process.versions.node.split('.')[0]) < 22) {
  say(`This is Node ${process.versions.node}; run the tests with "npm test", which uses the Node of the project.`)
  process.exit(1)
}
process.chdir(join(import.meta.dirname, '..'))
process.env.NO_COLOR = '1'
const folder = mkdtempSync(join(tmpdir(), 'okpay-test-'))
await prepare(say)
await build()
if (only === undefined) await checkSource()
for (const project of only === undefined ? projects : [only]) await runProject(project, folder)
rmSync(folder, { recursive: true, force: true })
process.exitCode = sumUp()
