import { SaxesParser, type SaxesTagNS } from 'saxes'
import { type FileProblem, problem } from './problems.ts'

/** An element that has been read whole: its own text, its attributes and the elements in it, in the namespace of the document. */
export type XmlNode = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: XmlNode[]
}

/** `container` elements are walked into; all others are cut out whole; the answer `skip` drops an element with what is in it. */
export type XmlHandler = {
  /** Tells what to do with an element whose ancestors are all containers, or refuses the document. */
  readonly open: (name: string, depth: number, namespace: string) => 'container' | 'cut' | 'skip' | FileProblem
  readonly cut: (node: XmlNode, depth: number) => void
  readonly close: (name: string, depth: number) => void
}

const deepest = 40
/** Characters of one text, comment, tag or run of blanks. */
const longestToken = 1_048_576
/** Characters of one text that is kept: ISO 20022 has none above 2,000 in a statement's parts that we read, and 10,000 in free envelopes. */
const longestText = 10_000
/** What one element cut out whole may weigh: its characters, and 64 for each element in it. */
const heaviestCut = 16_777_216
const pieceLength = 65_536

/**
 * Cuts a stream of XML text into elements, in memory bounded by the limits above whatever the length of the document.
 * There are no entities but the five of XML itself: a DOCTYPE is refused, so no entity can be declared.
 */
export function createXmlCutter(handler: XmlHandler) {
  const parser = new SaxesParser({ xmlns: true })
  const containers: string[] = []
  const open: XmlNode[] = []
  let root: string | undefined
  let namespace: string | undefined
  let skipped = 0
  let weight = 0
  let tokenAt = 0
  let tail = ''
  let refusal: FileProblem | undefined

  const refuse = (why: FileProblem) => {
    refusal ??= why
  }
  const place = () => ({ line: String(parser.line), column: String(parser.column) })
  const weigh = (more: number) => {
    weight += more
    if (weight > heaviestCut) refuse(problem('entry_too_big', place()))
  }
  const endToken = () => {
    if (parser.position - tokenAt > longestToken) refuse(problem('text_too_long', place()))
    tokenAt = parser.position
  }

  function openTag(tag: SaxesTagNS): void {
    endToken()
    if (refusal) return
    root ??= tag.name
    namespace ??= tag.uri
    const depth = containers.length + open.length + skipped
    if (depth >= deepest) {
      refuse(problem('too_deep', place()))
      return
    }
    if (skipped > 0 || tag.uri !== namespace) {
      skipped += 1
      return
    }
    if (open.length === 0) {
      const answer = handler.open(tag.local, depth, tag.uri)
      if (typeof answer !== 'string') refuse(answer)
      else if (answer === 'skip') skipped = 1
      else if (answer === 'container') containers.push(tag.local)
      if (answer !== 'cut') return
      weight = 0
    }
    const node: XmlNode = { name: tag.local, attributes: plainAttributes(tag), text: '', children: [] }
    weigh(64)
    open.at(-1)?.children.push(node)
    open.push(node)
  }

  function closeTag(): void {
    endToken()
    if (refusal) return
    if (skipped > 0) {
      skipped -= 1
      return
    }
    const node = open.pop()
    if (!node) {
      const name = containers.pop()
      if (name !== undefined) handler.close(name, containers.length)
      return
    }
    node.text = node.text.trim()
    if (open.length === 0) handler.cut(node, containers.length)
  }

  function text(more: string): void {
    endToken()
    const node = open.at(-1)
    if (refusal || skipped > 0 || !node) return
    // Blanks between elements are layout: a batch of thousands has more of them than any text may have.
    if (node.text === '' && more.trim() === '') return
    weigh(more.length)
    if (node.text.length + more.length <= longestText) node.text += more
    else refuse(problem('text_too_long', { ...place(), element: node.name }))
  }

  parser.on('opentag', openTag)
  parser.on('closetag', closeTag)
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('comment', endToken)
  parser.on('processinginstruction', endToken)
  parser.on('doctype', () => refuse(problem('xml_doctype', place())))
  parser.on('error', () => refuse(problem('not_xml', place())))

  return {
    write(more: string): FileProblem | undefined {
      tail = (tail + more.trimEnd()).slice(-200)
      for (let at = 0; at < more.length && !refusal; at += pieceLength) {
        parser.write(more.slice(at, at + pieceLength))
        if (parser.position - tokenAt > longestToken) refuse(problem('text_too_long', place()))
      }
      return refusal
    },
    end(): FileProblem | undefined {
      if (refusal) return refusal
      if (tail === '') refuse(problem('empty'))
      // A bare ampersand is read on to the end of the file as the name of an entity: such a file is whole, but no XML.
      const isWhole = root !== undefined && tail.endsWith(`</${root}>`)
      parser.on('error', () => refuse(problem(isWhole ? 'not_xml' : 'truncated', place())))
      parser.close()
      return refusal
    },
  }
}

/** Attributes outside any namespace; a document in ISO 20022 has only `Ccy`. */
function plainAttributes(tag: SaxesTagNS): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const { local, prefix, value } of Object.values(tag.attributes)) if (prefix === '') plain[local] = value.trim()
  return plain
}

/** The first element that the path leads to ("RltdPties/Dbtr/Nm"). */
export function find(node: XmlNode | undefined, path: string): XmlNode | undefined {
  let at = node
  for (const name of path.split('/')) at = at?.children.find(child => child.name === name)
  return at
}

export const findAll = (node: XmlNode, name: string): readonly XmlNode[] => node.children.filter(child => child.name === name)

/** The text at the first of the paths that leads to one; '' where none does. */
export function textAt(node: XmlNode | undefined, ...paths: readonly string[]): string {
  for (const path of paths) {
    const text = find(node, path)?.text
    if (text) return text
  }
  return ''
}
