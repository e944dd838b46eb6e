import { deflateSync } from 'node:zlib'
import sharp, { type Metadata } from 'sharp'
import { describe, expect, it } from 'vitest'
import type { DocumentKind } from '#core/identity/file.ts'
import { systemAfter } from '#service/after.ts'
import { createRedraw } from '#service/features/identity/redrawOnThread.ts'
import { pdfOf } from '../support/pictures.ts'

const redraw = createRedraw(systemAfter)

const answer = async (bytes: Uint8Array, kind: DocumentKind) => {
  const pages = await redraw({ bytes, kind })
  return pages.ok ? Promise.all(pages.value.map(page => sharp(page).metadata())) : pages.decline.code
}

const photo = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#9ab' } })

describe('a document is drawn anew', () => {
  it('a photo is turned upright, made smaller, and says nothing more of where it was taken', async () => {
    const gps = { IFD0: { Make: 'Phone', ImageDescription: 'planted-secret' }, IFD3: { GPSLatitude: '1/1 2/1 3/1' } }
    const file = await photo(4_000, 3_000).withExif(gps).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const [page] = (await answer(file, 'jpeg')) as readonly Metadata[]
    expect(page).toMatchObject({ format: 'jpeg', width: 1_800, height: 2_400 })
    expect([page?.exif, page?.icc, page?.xmp, page?.orientation]).toEqual([undefined, undefined, undefined, undefined])
  })
  it('a drawing with see-through parts stands on white', async () => {
    const file = await sharp({ create: { width: 50, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer()
    const pages = await redraw({ bytes: file, kind: 'png' })
    const [page] = pages.ok ? pages.value : []
    expect((await sharp(page).stats()).channels.map(({ mean }) => Math.round(mean))).toEqual([255, 255, 255])
  })
  it('a PDF becomes a picture of each page', async () => {
    expect(await answer(pdfOf(['One', 'Two']), 'pdf')).toMatchObject([
      { format: 'jpeg', width: 2_400, height: 1_600 },
      { format: 'jpeg', width: 2_400, height: 1_600 },
    ])
  })
  it('what is no document is refused: too many pages, a password, half a file, a file that is far larger inside', async () => {
    const whole = await photo(300, 200).jpeg().toBuffer()
    const locked = Buffer.from(
      pdfOf(['One'])
        .toString('latin1')
        .replace('/Root 1 0 R', '/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O<00>/U<00>/P -4>>/ID[<00><00>]'),
      'latin1',
    )
    expect(await answer(pdfOf(Array.from({ length: 11 }, () => 'Page')), 'pdf')).toBe('document_too_many_pages')
    expect(await answer(locked, 'pdf')).toBe('document_password')
    expect(await answer(whole.subarray(0, whole.length / 2), 'jpeg')).toBe('document_broken')
    expect(await answer(Buffer.from('%PDF-1.7 and nothing more'), 'pdf')).toBe('document_broken')
    const bomb = deflateSync(deflateSync(Buffer.alloc(64 * 1024 * 1024)))
    expect(await answer(pdfOf(['Bomb'], bomb, '/Filter[/FlateDecode/FlateDecode]'), 'pdf')).toMatchObject([{ format: 'jpeg' }])
  })
})
