import { type FileProblem, problem } from './problems.ts'

/** What the platform's TextDecoder does; core has none of its own. Given as `label => new TextDecoder(label, { fatal: true })`. */
export type Decoding = { decode(bytes?: Uint8Array, options?: { stream?: boolean }): string }
export type DecodingFor = (label: string) => Decoding

/** What XML declarations say -> the WHATWG label that reads it. A windows-1252 byte under the name of ISO-8859-1 is read as its writer meant it. */
const labels: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
}

/** An XML declaration is shorter than this; so many bytes are held back until the encoding is known. */
const headLength = 256
const declaration = /^<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})["']/

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean => start.every((byte, at) => bytes[at] === byte)

/** The label of the encoding by byte-order mark, by the shape of "<?", or by the declaration. Source: XML 1.0, appendix F. */
function detect(head: Uint8Array): string | FileProblem {
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0x3c, 0)) return 'utf-16le'
  if (startsWith(head, 0xfe, 0xff) || startsWith(head, 0, 0x3c)) return 'utf-16be'
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8'
  const first = head.find(byte => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)
  if (first === undefined) return 'utf-8'
  if (first !== 0x3c) return problem('not_xml')
  const said = declaration.exec(String.fromCharCode(...head.subarray(0, headLength)))?.[1]
  if (said === undefined) return 'utf-8'
  return labels[said.toLowerCase()] ?? problem('encoding_wrong', { encoding: said })
}

/** Puts bytes before a reader of text, piece by piece: any cut between bytes gives the same text. A byte that the encoding lacks refuses the file. */
export function createDecoder(decodingFor: DecodingFor) {
  let head: Uint8Array = new Uint8Array(0)
  let decoding: { readonly label: string; readonly by: Decoding } | undefined

  function decode(bytes: Uint8Array, stream: boolean): string | FileProblem {
    if (!decoding) {
      const label = detect(bytes)
      if (typeof label !== 'string') return label
      decoding = { label, by: decodingFor(label) }
    }
    try {
      return decoding.by.decode(bytes, { stream })
    } catch {
      return problem('encoding_wrong', { encoding: decoding.label })
    }
  }

  return {
    write(piece: Uint8Array): string | FileProblem {
      if (decoding) return decode(piece, true)
      const joined = new Uint8Array(head.length + piece.length)
      joined.set(head)
      joined.set(piece, head.length)
      head = joined
      if (head.length < headLength) return ''
      return decode(head, true)
    },
    end: (): string | FileProblem => (decoding ? decode(new Uint8Array(0), false) : decode(head, false)),
  }
}
