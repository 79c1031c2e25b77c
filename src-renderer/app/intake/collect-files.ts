/** A file to upload and its path relative to what was picked or dropped. */
export interface PickedFile {
  file: File
  path: string
}

/** Files of an `<input type=file>`, with the folders they lie in where a folder was picked. */
export function pickedFiles(list: FileList): PickedFile[] {
  return Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name }))
}

/** Files of a drop, folders walked through. Must be called while the drop event is handled. */
export async function droppedFiles(items: DataTransfer): Promise<PickedFile[]> {
  const entries: FileSystemEntry[] = []
  const loose: PickedFile[] = []
  for (const item of items.items) {
    const entry = item.webkitGetAsEntry()
    const file = entry ? null : item.getAsFile()
    if (entry) entries.push(entry)
    else if (file) loose.push({ file, path: file.name })
  }
  return [...loose, ...(await walk(entries))]
}

async function walk(entries: readonly FileSystemEntry[]): Promise<PickedFile[]> {
  const found: PickedFile[] = []
  for (const entry of entries) {
    if (isFile(entry)) {
      found.push({ file: await fileOf(entry), path: entry.fullPath.replace(/^\/+/, '') })
    } else if (isFolder(entry)) {
      found.push(...(await walk(await childrenOf(entry))))
    }
  }
  return found
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** A reader hands out a folder in pieces of a hundred entries. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (piece.length === 0) return all
    all.push(...piece)
  }
}
