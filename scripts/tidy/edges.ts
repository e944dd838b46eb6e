import { type Finding, type Import, resolveImport, type SourceFile } from './source.ts'

type Room = {
  /** Rooms, or folders of rooms, that it may import from. */
  readonly from: readonly string[]
  /** Of these only types. */
  readonly typesFrom?: readonly string[]
  /** Packages that it may use; undefined: any that the project has, and Node itself. */
  readonly packages?: readonly string[]
}

/** Who may import whom: the table of ARCHITECTURE.md. A file may always import from its own room. */
const rooms: Readonly<Record<string, Room>> = {
  core: { from: [], packages: ['decimal.js', '@noble/', '@scure/', '@zxcvbn-ts/', 'saxes'] },
  contracts: { from: ['src/core'], packages: ['zod'] },
  locales: { from: ['src/core'], packages: ['intl-messageformat', 'i18n-iso-countries'] },
  storage: { from: ['src/core'] },
  main: { from: ['src/core', 'src/contracts', 'src/storage', 'src/locales', 'resources'] },
  service: { from: ['src/core', 'src/contracts', 'src/storage', 'src/locales', 'resources'] },
  cli: { from: ['src/contracts', 'src/core', 'src/locales', 'src/main'] },
  renderer: {
    from: ['src/core/money', 'src/core/failure', 'src/core/securityCentre', 'src/locales', 'resources'],
    typesFrom: ['src/contracts'],
    packages: [
      'react',
      'react-dom',
      'react-intl',
      'react-aria-components',
      '@tanstack/',
      'lucide-react',
      'qr',
      '@fontsource-variable/',
      'i18n-iso-countries',
    ],
  },
  preload: { from: [], typesFrom: ['src/contracts'], packages: ['electron'] },
}

/** The window and its locked door are the only places that know of Electron. */
const electronPlaces = ['src/main/index.ts', 'src/main/shells/electron/', 'src/preload/']

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1]
const isPackage = (specifier: string, name: string) =>
  name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`)

function complaint(file: SourceFile, room: Room, edge: Import): string | undefined {
  const target = resolveImport(file.path, edge.specifier)
  if (target === undefined) {
    if (edge.specifier === 'electron') return undefined
    const allowed = room.packages === undefined || room.packages.some(name => isPackage(edge.specifier, name))
    return allowed ? undefined : `may not use the package ${edge.specifier}`
  }
  if (roomOf(target) === roomOf(file.path)) return edge.specifier.startsWith('#') ? `names its own room as ${edge.specifier}` : undefined
  if (room.from.some(folder => isBelow(target, folder)))
    return edge.specifier.startsWith('.') ? `leaves its room by ${edge.specifier}` : undefined
  if (room.typesFrom?.some(folder => isBelow(target, folder))) return edge.typeOnly ? undefined : `may take only types from ${target}`
  return `may not import ${target}`
}

/** Imports that the table of rooms does not allow, and rooms that it does not know. */
export function wrongEdges(files: readonly SourceFile[]): Finding[] {
  return files.flatMap(file => {
    const name = roomOf(file.path)
    if (name === undefined) return []
    const room = rooms[name]
    if (room === undefined) return [{ path: file.path, says: `stands in a room that the table of rooms does not know` }]
    return file.imports.flatMap(edge => {
      const says = complaint(file, room, edge)
      return says === undefined ? [] : [{ path: file.path, says }]
    })
  })
}

/** Imports of `electron` outside of its three places. */
export const strayElectron = (files: readonly SourceFile[]): Finding[] =>
  files
    .filter(
      ({ path, imports }) =>
        path.startsWith('src/') &&
        imports.some(({ specifier }) => specifier === 'electron') &&
        !electronPlaces.some(place => path.startsWith(place)),
    )
    .map(({ path }) => ({ path, says: 'may not import electron' }))

/** Files that import each other in a ring; each ring is told once, from its first file. */
export function cycles(files: readonly SourceFile[]): Finding[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  const done = new Set<string>()
  const found: Finding[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path)
    if (start >= 0) {
      found.push({ path, says: `imports itself through ${[...trail.slice(start), path].join(' -> ')}` })
      return
    }
    const file = byPath.get(path)
    if (done.has(path) || file === undefined) return
    for (const target of new Set(file.imports.map(({ specifier }) => resolveImport(path, specifier)))) {
      if (target !== undefined) visit(target, [...trail, path])
    }
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return found
}

/**
 * Exports that nobody takes. Entries (the inputs of the build, what a tool reads by its name) are taken from outside; a type may serve its own file,
 * in the signature of a neighbour.
 */
export function deadExports(files: readonly SourceFile[], entries: readonly string[]): Finding[] {
  const taken = new Map<string, Set<string>>()
  for (const { path, imports } of files) {
    for (const { specifier, names } of imports) {
      const target = resolveImport(path, specifier)
      if (target === undefined) continue
      const of = taken.get(target) ?? new Set()
      for (const name of names) of.add(name)
      taken.set(target, of)
    }
  }
  return files
    .filter(({ path }) => !entries.includes(path))
    .flatMap(({ path, text, exports }) => {
      const names = taken.get(path) ?? new Set()
      if (names.has('*')) return []
      return exports
        .filter(({ name, isType }) => !names.has(name) && !(isType && text.split(new RegExp(`\\b${name}\\b`)).length > 2))
        .map(({ name }) => ({ path, says: `exports ${name}, which nobody imports` }))
    })
}
