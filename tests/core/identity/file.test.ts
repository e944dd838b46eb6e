import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPixels, documentKind, documentLimits } from '#core/identity/file.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const bytes = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]))
const word = (value: number): readonly number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]

const pngOf = (width: number, height: number): Uint8Array =>
  bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], word(13), ascii('IHDR'), word(width), word(height), [8, 2, 0, 0, 0], word(0), [
    ...[...word(0), ...ascii('IEND'), ...word(0xae426082)],
  ])
const jpegOf = (width: number, height: number): Uint8Array =>
  bytes([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    1,
    1,
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    0,
    0,
    0,
    0xff,
    0xd9,
  ])

const codeOf = (file: Uint8Array): string => {
  const kind = documentKind(file)
  return kind.ok ? kind.value : kind.decline.code
}

describe('a file is known by what is in it', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['nothing', ascii(''), 'document_empty'],
    ['200 MB', new Uint8Array(200 * 1024 * 1024), 'document_too_large'],
    ['one byte too many', bytes(jpegOf(9, 9), new Uint8Array(documentLimits.bytes)), 'document_too_large'],
    ['a JPEG', jpegOf(640, 480), 'jpeg'],
    ['a JPEG with what a telephone puts behind it', bytes(jpegOf(640, 480), ascii('SEFHmotion')), 'jpeg'],
    ['a PNG', pngOf(10, 10), 'png'],
    ['a PDF', ascii('%PDF-1.7\n%%EOF'), 'pdf'],
    ['HEIC', bytes([0, 0, 0, 24], ascii('ftypheic')), 'document_heic'],
    ['AVIF', bytes([0, 0, 0, 24], ascii('ftypavif')), 'document_heic'],
    ['SVG with a script', ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'document_type'],
    ['a zip', bytes([0x50, 0x4b, 3, 4], new Uint8Array(100)), 'document_type'],
    ['a program', bytes([0x7f], ascii('ELF')), 'document_type'],
    ['a PDF after other bytes', ascii('GIF89a%PDF-1.7'), 'document_type'],
    ['a JPEG and a zip', bytes(jpegOf(640, 480), [0x50, 0x4b, 3, 4, 0, 0], [0x50, 0x4b, 5, 6]), 'document_two_files'],
    ['a PNG and a page', bytes(pngOf(10, 10), ascii('<script>alert(1)</script>')), 'document_two_files'],
    [
      'a JPEG whose hidden zip holds a JPEG’s end',
      bytes(jpegOf(9, 9), [0x50, 0x4b, 3, 4, 0xff, 0xd9, 0x50, 0x4b, 5, 6]),
      'document_two_files',
    ],
    ['a PDF and a zip', bytes(ascii('%PDF-1.7\n%%EOF'), [0x50, 0x4b, 5, 6, 0, 0]), 'document_two_files'],
  ]
  for (const [what, file, answer] of cases) it(`${what}: ${answer}`, () => expect(codeOf(file)).toBe(answer))

  it('its own word of its size is looked at before anything is unpacked', () => {
    const answer = (file: Uint8Array, kind: 'jpeg' | 'png') => {
      const size = checkPixels(file, kind)
      return size.ok ? size.value : size.decline.code
    }
    expect(answer(jpegOf(640, 480), 'jpeg')).toEqual({ width: 640, height: 480 })
    expect(answer(pngOf(12_000, 4_000), 'png')).toEqual({ width: 12_000, height: 4_000 })
    expect(answer(pngOf(30_000, 10), 'png')).toBe('document_too_many_pixels')
    expect(answer(jpegOf(30_000, 30_000), 'jpeg')).toBe('document_too_many_pixels')
    expect(answer(pngOf(10_000, 10_000), 'png')).toBe('document_too_many_pixels')
    expect(answer(pngOf(0, 10), 'png')).toBe('document_broken')
    expect(answer(ascii('\x89PNG'), 'png')).toBe('document_broken')
  })

  it('any bytes get an answer', () => {
    const starts = fc.constantFrom(jpegOf(9, 9), pngOf(9, 9), ascii('%PDF-1.7'), ascii(''))
    fc.assert(
      fc.property(starts, fc.nat(40), fc.uint8Array({ maxLength: 3_000 }), (start, cut, rest) => {
        const file = bytes(start.subarray(0, cut), rest)
        const kind = documentKind(file)
        return !kind.ok || kind.value === 'pdf' || typeof checkPixels(file, kind.value).ok === 'boolean'
      }),
      { numRuns: 300 },
    )
  })
})
