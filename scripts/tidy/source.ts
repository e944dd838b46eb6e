import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'

/** One edge of a file: what it imports (or re-exports) from where. */
export type Import = {
  /** As written: `./slip.ts`, `#core/money/amount.ts`, `zod`, `node:fs`. */
  readonly specifier: string
  /** Names taken; `*` for a whole module. */
  readonly names: readonly string[]
  readonly typeOnly: boolean
}

export type SourceFile = {
  /** From the root of the project, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
  /** Names that the file exports of its own: types apart, since a type may stand in the signature of its neighbour. */
  readonly exports: readonly { readonly name: string; readonly isType: boolean }[]
  readonly comments: readonly string[]
  readonly tree: Node
}

/** What a rule found. */
export type Finding = { readonly path: string; readonly says: string }

/** A node of the syntax tree, of which the rules read only types and a few fields. */
export type Node = { readonly type: string; readonly [field: string]: unknown }

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Every node below this one, itself included, in the order of the text. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    if (isNode(value)) yield* walk(value)
    else if (Array.isArray(value)) for (const part of value) if (isNode(part)) yield* walk(part)
  }
}

/** Reads one file of TypeScript. */
export function parseSource(path: string, text: string): SourceFile {
  const { module, program, comments } = parseSync(path, text)
  const tree = isNode(program) ? program : { type: 'Program' }
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    names: entries.map(({ importName }) =>
      importName.kind === 'Name' ? (importName.name ?? '*') : importName.kind === 'Default' ? 'default' : '*',
    ),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const exports: { name: string; isType: boolean }[] = []
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName, exportName, isType } of entries) {
      if (moduleRequest) imports.push({ specifier: moduleRequest.value, names: [importName.name ?? '*'], typeOnly: isType })
      if (exportName.name) exports.push({ name: exportName.name, isType })
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const written = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1]
    if (written) imports.push({ specifier: written, names: ['*'], typeOnly: false })
  }
  for (const name of urlsOf(tree)) imports.push({ specifier: name, names: ['*'], typeOnly: false })
  return { path, text, imports, exports, comments: comments.map(({ value }) => value), tree }
}

/** Files that are started by `new URL('./worker.ts', import.meta.url)`: edges like imports. */
function* urlsOf(tree: Node): Generator<string> {
  for (const node of walk(tree)) {
    if (node.type !== 'NewExpression' || !isNode(node.callee) || node.callee.name !== 'URL' || !Array.isArray(node.arguments)) continue
    const [first]: unknown[] = node.arguments
    if (isNode(first) && typeof first.value === 'string' && /^\.{1,2}\/.*\.tsx?$/.test(first.value)) yield first.value
  }
}

/** Where an import leads: a path of this project, or undefined for a package or a part of Node. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#resources/')) return specifier.slice(1)
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier))
  return undefined
}

const isCode = (path: string) => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.endsWith('.d.ts')

/** Paths below a folder of the project, sorted. */
export function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => posix.join(entry.parentPath.slice(root.length + 1).replaceAll('\\', '/'), entry.name))
    .sort()
}

/** Every file of code in these folders. */
export const readSources = (root: string, folders: readonly string[]): SourceFile[] =>
  folders
    .flatMap(folder => listFiles(root, folder))
    .filter(isCode)
    .map(path => parseSource(path, readFileSync(join(root, path), 'utf8')))
