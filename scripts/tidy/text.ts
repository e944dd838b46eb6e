import { posix } from 'node:path'
import { type Finding, isNode, type SourceFile, walk } from './source.ts'

const maxLines = 400
const vagueNames = /^(utils?|common|helpers?|misc)$/i

/** Files longer than a reader can hold: 400 lines. */
export const longFiles = (files: readonly { readonly path: string; readonly text: string }[]): Finding[] =>
  files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ path, lines }) => ({ path, says: `has ${lines} lines, more than ${maxLines}` }))

/** Files and folders whose name says nothing of what is in them. */
export const vaguePaths = (paths: readonly string[]): Finding[] =>
  paths
    .filter(path => path.split('/').some(part => vagueNames.test(posix.basename(part).replace(/\.[^.]+$/, ''))))
    .map(path => ({ path, says: 'has a name that says nothing' }))

/** Rooms of src without a README that says what they are for. */
export const roomsWithoutReadme = (paths: readonly string[]): Finding[] =>
  [...new Set(paths.flatMap(path => /^src\/[^/]+(?=\/)/.exec(path)?.[0] ?? []))]
    .filter(room => !paths.includes(`${room}/README.md`))
    .map(room => ({ path: room, says: 'has no README.md' }))

/** Places where the type checker was told to look away. */
export const anyTypes = (files: readonly SourceFile[]): Finding[] =>
  files.flatMap(({ path, tree, comments }) => [
    ...[...walk(tree)].filter(({ type }) => type === 'TSAnyKeyword').map(() => ({ path, says: 'uses any' })),
    ...comments
      .filter(comment => /@ts-(ignore|nocheck|expect-error)/.test(comment))
      .map(() => ({ path, says: 'silences the type checker' })),
  ])

/** Notes about work that is not done: it belongs in an issue. */
export const unfinished = (files: readonly SourceFile[]): Finding[] =>
  files.flatMap(({ path, comments }) =>
    comments
      .filter(comment => /\b(TODO|FIXME|XXX|HACK)\b/.test(comment))
      .map(comment => ({ path, says: `leaves work in a comment: ${comment.trim()}` })),
  )

/** Calls of the console: what a shell says to its terminal it writes to stdout or stderr on purpose. */
export const consoleCalls = (files: readonly SourceFile[]): Finding[] =>
  files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, tree }) =>
      [...walk(tree)]
        .filter(({ type, object }) => type === 'MemberExpression' && isNode(object) && object.name === 'console')
        .map(() => ({ path, says: 'writes to the console' })),
    )

/** Tests that keep all others from running. */
export const onlyTests = (files: readonly SourceFile[]): Finding[] =>
  files
    .filter(({ path }) => path.startsWith('tests/'))
    .flatMap(({ path, tree }) =>
      [...walk(tree)]
        .filter(({ type, object, property }) => {
          const isRunner = isNode(object) && ['test', 'it', 'describe', 'scenario', 'property'].includes(String(object.name))
          return type === 'MemberExpression' && isRunner && isNode(property) && property.name === 'only'
        })
        .map(() => ({ path, says: 'runs only some of its tests' })),
    )
