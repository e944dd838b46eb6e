import { analyse } from 'scslre'
import { type Finding, isNode, type Node, type SourceFile, walk } from './source.ts'

/** Made of parts that are each bounded, from a table of the same file. */
const madeOfATable: readonly string[] = ['src/core/rails/iban.ts']

const literalOf = ({ regex }: Node): { pattern: string; flags: string } | undefined =>
  typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex
    ? { pattern: String(regex.pattern), flags: String(regex.flags) }
    : undefined

const isMade = ({ type, callee }: Node): boolean =>
  (type === 'NewExpression' || type === 'CallExpression') && isNode(callee) && callee.name === 'RegExp'

/** The same pattern stands in many files: each is judged once. */
const judged = new Map<string, boolean>()

function isSlow(pattern: string, flags: string): boolean {
  const key = `${flags}/${pattern}`
  const known = judged.get(key)
  if (known !== undefined) return known
  // `Move`: a pattern without a start, tried again at each place, counts too.
  const { reports } = analyse({ source: pattern, flags }, { reportTypes: { Move: true, Self: true, Trade: true } })
  judged.set(key, reports.length > 0)
  return reports.length > 0
}

/** Regular expressions whose time can grow faster than the text that they are given: texts come from outside. Judged by scslre, without running any. */
export function slowPatterns(files: readonly SourceFile[]): Finding[] {
  const found: Finding[] = []
  for (const { path, tree } of files)
    for (const node of walk(tree)) {
      const literal = literalOf(node)
      if (literal && isSlow(literal.pattern, literal.flags))
        found.push({ path, says: `matches /${literal.pattern}/${literal.flags} in more than linear time` })
      if (isMade(node) && !madeOfATable.includes(path))
        found.push({ path, says: 'makes a regular expression of a text that cannot be checked' })
    }
  return found
}
