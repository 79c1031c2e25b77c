import { extname } from 'node:path'

const systemFiles = new Set(['thumbs.db', 'desktop.ini', 'ehthumbs.db', '__macosx', '$recycle.bin'])

/**
 * Files and folders that operating systems and tools leave beside the data (.DS_Store, ._x.dcm, .git, __MACOSX):
 * nobody means them when naming the folder. A path named itself is always taken.
 */
export const isClutter = (name: string) => name.startsWith('.') || systemFiles.has(name.toLowerCase())

const documents = new Set(
  '.txt .md .csv .tsv .json .xml .yaml .yml .html .htm .css .js .pdf .rtf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .exe .dll .inf .ini .jar .apk .epub .log .bat .sh .py .ico .sqlite .db'.split(
    ' ',
  ),
)

/** A file that neither by content nor by name claims to be a picture; it is left out, not broken. */
export const isDocument = (path: string) => documents.has(extname(path).toLowerCase())

/** Packages of other programs that are ZIP files inside are documents; everything else of that kind is an archive. */
export const namesArchive = (path: string) => extname(path).toLowerCase() === '.zip'
