import { no, type Outcome, ok } from '../failure/outcome.ts'

export type DocumentKind = 'jpeg' | 'png' | 'pdf'

/** What a file of a document may be at most. A scan of A4 at 600 dots an inch has 35 million pixels. */
export const documentLimits = { bytes: 10 * 1024 * 1024, pixels: 50_000_000, side: 12_000, pages: 10, files: 6 } as const

const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0): boolean =>
  start.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string): readonly number[] => [...text].map(character => character.charCodeAt(0))

const signatures = {
  jpeg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  pdf: ascii('%PDF-'),
} as const

/** ISO base media brands of HEIC and AVIF: what telephones take pictures in. */
const heicBrands = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1', 'avif', 'avis'].map(ascii)
const isHeic = (bytes: Uint8Array): boolean => startsWith(bytes, ascii('ftyp'), 4) && heicBrands.some(brand => startsWith(bytes, brand, 8))

/** Whether these bytes stand anywhere from `at` on. One pass: only places where the first byte stands are looked at closer. */
function holds(bytes: Uint8Array, wanted: readonly number[], at: number): boolean {
  for (let place = bytes.indexOf(wanted[0] ?? 0, at); place !== -1; place = bytes.indexOf(wanted[0] ?? 0, place + 1))
    if (startsWith(bytes, wanted, place)) return true
  return false
}

/** Where a picture ends: behind PNG's IEND, behind JPEG's last end marker. */
function endOfImage(bytes: Uint8Array, kind: 'jpeg' | 'png'): number {
  if (kind === 'jpeg') {
    for (let at = bytes.length - 2; at > 1; at -= 1) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2
    return bytes.length
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (startsWith(bytes, ascii('IEND'), at + 4)) return end
    at = end
  }
  return bytes.length
}

/** What other programs would take the file for: pages, archives, documents. */
const otherFiles = [
  ascii('%PDF-'),
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  ascii('<script'),
  ascii('<html'),
  ascii('<svg'),
  ascii('<?php'),
]
const insidePdf = [[0x50, 0x4b, 0x05, 0x06], ascii('<script'), ascii('<html'), ascii('<?php')]

/** Whether a file is two at once. A JPEG's own end may stand in what is hidden, so the whole of it is looked at for an archive's end. */
function isTwoFiles(bytes: Uint8Array, kind: DocumentKind): boolean {
  if (kind === 'pdf') return insidePdf.some(other => holds(bytes, other, 0))
  const end = endOfImage(bytes, kind)
  return otherFiles.some(other => holds(bytes, other, end)) || holds(bytes.subarray(-66_000), [0x50, 0x4b, 0x05, 0x06], 0)
}

/**
 * What a file is, by what is in it and not by its name. Declines, in this order: document_empty, document_too_large, document_heic, document_type,
 * document_two_files.
 */
export function documentKind(bytes: Uint8Array): Outcome<DocumentKind> {
  if (bytes.length === 0) return no('document_empty')
  if (bytes.length > documentLimits.bytes) return no('document_too_large', { megabytes: String(documentLimits.bytes / 1024 / 1024) })
  if (isHeic(bytes)) return no('document_heic')
  const kind = startsWith(bytes, signatures.jpeg) ? 'jpeg' : startsWith(bytes, signatures.png) ? 'png' : 'pdf'
  if (!startsWith(bytes, signatures[kind])) return no('document_type')
  return isTwoFiles(bytes, kind) ? no('document_two_files') : ok(kind)
}

type Size = { readonly width: number; readonly height: number }

/** Frames of JPEG begin with one of these markers; C4, C8 and CC are others. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegSize(bytes: Uint8Array, view: DataView): Size | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    const length = view.getUint16(at + 2)
    if (length < 2 || marker === 0xda) return undefined
    at += 2 + length
  }
  return undefined
}

function sizeOf(bytes: Uint8Array, kind: 'jpeg' | 'png'): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (kind === 'jpeg') return jpegSize(bytes, view)
  const hasHeader = bytes.length >= 33 && startsWith(bytes, ascii('IHDR'), 12)
  return hasHeader ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined
}

/** Looks at a picture's own word of its size before anything of it is unpacked. Declines: document_broken, document_too_many_pixels. */
export function checkPixels(bytes: Uint8Array, kind: 'jpeg' | 'png'): Outcome<Size> {
  const size = sizeOf(bytes, kind)
  if (!size || size.width === 0 || size.height === 0) return no('document_broken')
  const { width, height } = size
  const isSmall = width <= documentLimits.side && height <= documentLimits.side && width * height <= documentLimits.pixels
  return isSmall ? ok(size) : no('document_too_many_pixels', { side: String(documentLimits.side) })
}
