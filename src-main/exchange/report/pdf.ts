import type PDFDocument from 'pdfkit'
import type { KeyPicture } from './content'
import { fontFor } from './fonts'
import type { ReportWords } from './words'

const MARGIN = 46
const WIDTH = 595.28 - 2 * MARGIN
const PICTURE_WIDTH = 210
const NAME_WIDTH = 110
const [TEXT, QUIET] = ['#1b1f24', '#57606a']

type Document = InstanceType<typeof PDFDocument>

/** A report as a PDF of A4 pages. @throws OUTPUT_UNWRITABLE where this computer has no font for its characters */
export async function reportPdf(words: ReportWords, pictures: readonly KeyPicture[]): Promise<Uint8Array> {
  const font = fontFor(allText(words))
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: words.title, Creator: words.made },
  })
  if (font?.family) document.font(font.path, font.family)
  else if (font) document.font(font.path)
  document.fillColor(TEXT).fontSize(17).text(words.title).moveDown(0.6)
  facts(document, words.facts, MARGIN, WIDTH)
  if (words.findings.length === 0) document.moveDown().fontSize(10).text(words.noFindings)
  words.findings.forEach((finding, at) => {
    findingOn(document, finding, pictures[at], words.pictureGone)
  })
  if (words.tags.length > 0) {
    heading(document, words.tagsTitle, null)
    for (const tag of words.tags) document.fontSize(10).text(tag)
  }
  document.moveDown(2).fillColor(QUIET).fontSize(8).text(words.notice, MARGIN, document.y, { width: WIDTH })
  document.text(words.made)
  return finished(document)
}

function findingOn(
  document: Document,
  finding: ReportWords['findings'][number],
  picture: KeyPicture | undefined,
  gone: string,
): void {
  const height = picture ? (PICTURE_WIDTH * picture.rows) / picture.columns : 0
  const needed = Math.max(Math.min(height, 320), 16 * finding.facts.length) + 50
  if (document.y + needed > document.page.height - MARGIN) document.addPage()
  heading(document, finding.title, finding.colour)
  const top = document.y
  const bottom = picture ? top + drawPicture(document, picture, top, finding.colour, gone) : top
  const left = MARGIN + PICTURE_WIDTH + 16
  document.y = top
  facts(document, finding.facts, left, WIDTH - PICTURE_WIDTH - 16)
  if (finding.note) document.fontSize(10).text(finding.note, left, document.y + 4)
  document.x = MARGIN
  document.y = Math.max(document.y, bottom) + 6
}

function heading(document: Document, title: string, colour: string | null): void {
  document.moveDown(1)
  const top = document.y
  if (colour) document.rect(MARGIN, top + 3, 9, 9).fill(colour)
  document
    .fillColor(TEXT)
    .fontSize(13)
    .text(title, colour ? MARGIN + 16 : MARGIN, top)
    .moveDown(0.3)
  document.x = MARGIN
}

function facts(
  document: Document,
  pairs: readonly (readonly [string, string])[],
  left: number,
  width: number,
): void {
  document.fontSize(10)
  for (const [name, value] of pairs) {
    const top = document.y
    document.fillColor(QUIET).text(name, left, top, { width: NAME_WIDTH })
    const below = document.y
    document.fillColor(TEXT).text(value, left + NAME_WIDTH, top, { width: width - NAME_WIDTH })
    document.y = Math.max(document.y, below) + 2
  }
  document.x = MARGIN
}

/** Draws a key image with its outlines at its largest within bounds; answers the height it took. */
function drawPicture(
  document: Document,
  { jpeg, rows, columns, outlines, lines }: KeyPicture,
  top: number,
  colour: string,
  gone: string,
): number {
  const scale = Math.min(PICTURE_WIDTH / columns, 320 / rows)
  const [width, height] = [columns * scale, rows * scale]
  if (!jpeg) {
    document.fillColor(QUIET).fontSize(9).text(gone, MARGIN, top, { width: PICTURE_WIDTH })
    return document.y - top
  }
  document.image(Buffer.from(jpeg), MARGIN, top, { width, height })
  document.save().lineWidth(1.2).strokeColor(colour)
  for (const [open, points] of [
    ...outlines.map((ring) => [false, ring] as const),
    ...lines.map((line) => [true, line] as const),
  ]) {
    points.forEach(([x, y], at) => {
      const place = [MARGIN + x * scale, top + y * scale] as const
      if (at === 0) document.moveTo(...place)
      else document.lineTo(...place)
    })
    if (!open) document.closePath()
    document.stroke()
  }
  document.restore()
  return height
}

const allText = (words: ReportWords) => JSON.stringify(Object.values(words))

function finished(document: Document): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    document.on('data', (part: Uint8Array) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
    document.end()
  })
}
