import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp, { type Sharp } from 'sharp'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { checkPixels, type DocumentKind, documentLimits } from '#core/identity/file.ts'

/** Of the longer side of a page as it is kept: enough to read the small print of an identity card. */
const keptSide = 2_400
const quality = 82

// Only what is let in by its content is read: no other format reaches the code of its decoder.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
sharp.cache(false)

const jpeg = (picture: Sharp): Promise<Buffer> =>
  picture
    .resize({ width: keptSide, height: keptSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality })
    .toBuffer()

async function redrawPicture(bytes: Uint8Array, kind: 'jpeg' | 'png'): Promise<Outcome<readonly Uint8Array[]>> {
  const size = checkPixels(bytes, kind)
  if (!size.ok) return size
  try {
    return ok([await jpeg(sharp(bytes, { failOn: 'error', limitInputPixels: documentLimits.pixels }).autoOrient())])
  } catch {
    return no('document_broken')
  }
}

async function redrawPdf(bytes: Uint8Array): Promise<Outcome<readonly Uint8Array[]>> {
  const library = await PDFiumLibrary.init()
  try {
    const document = await library.loadDocument(bytes)
    const count = document.getPageCount()
    if (count > documentLimits.pages) return no('document_too_many_pages', { pages: String(documentLimits.pages) })
    if (count === 0) return no('document_broken')
    const pages: Uint8Array[] = []
    for (const page of document.pages()) {
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const scale = keptSide / Math.max(originalWidth, originalHeight)
      if (!(scale > 0 && scale < keptSide)) return no('document_broken')
      const { width, height, data } = await page.render({ scale, render: 'bitmap', renderFormFields: true })
      pages.push(await jpeg(sharp(data, { raw: { width, height, channels: 4 } })))
    }
    return ok(pages)
  } catch (error) {
    return no(error instanceof Error && /password/i.test(error.message) ? 'document_password' : 'document_broken')
  }
}

/**
 * Draws every page anew as a JPEG: whatever else stood in the file (where and when a photo was taken, programs, attachments, a second file) is gone.
 * Declines: document_broken, document_password, document_too_many_pixels, document_too_many_pages.
 */
export const redrawPages = (bytes: Uint8Array, kind: DocumentKind): Promise<Outcome<readonly Uint8Array[]>> =>
  kind === 'pdf' ? redrawPdf(bytes) : redrawPicture(bytes, kind)
