import { readdir, realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { FoundFile } from './walk'

/** File IDs of DICOM media have at most eight components; more are allowed for writers that do not keep to it. */
const MOST_COMPONENTS = 32

/**
 * The files a DICOMDIR refers to, each once, in its order. References that lead out of its folder, by name or by
 * link, and such that are not there come with their fault.
 */
export async function referredFiles(
  directory: string,
  references: readonly (readonly string[])[],
): Promise<FoundFile[]> {
  const folder = await realpath(dirname(directory))
  const listings = new Map<string, Promise<readonly string[]>>()
  const found = new Map<string, FoundFile>()
  for (const components of references) {
    const file = await referredFile(folder, components, listings)
    found.set(file.path, file)
  }
  return [...found.values()]
}

async function referredFile(
  folder: string,
  components: readonly string[],
  listings: Map<string, Promise<readonly string[]>>,
): Promise<FoundFile> {
  const named = join(folder, ...components.map((name) => name.replace(/[\\/\0]/g, '_')))
  if (components.length > MOST_COMPONENTS || components.some(leadsElsewhere))
    return refused(named, components)
  let path = folder
  for (const component of components) path = join(path, await spelled(path, component, listings))
  const real = await realpath(path).catch(() => null)
  if (real === null) {
    const fault = new LeptonError('FILE_NOT_FOUND', { received: path, remedy: 'Insert the whole medium.' })
    return { path, fault }
  }
  return real.startsWith(folder + sep) ? { path, fault: null } : refused(path, components)
}

const leadsElsewhere = (name: string) => name === '' || name === '.' || name === '..' || /[\\/:\0]/.test(name)

function refused(path: string, components: readonly string[]): FoundFile {
  const fault = new LeptonError('PATH_REFUSED', {
    expected: 'a file below the folder of the DICOMDIR',
    received: components.slice(0, MOST_COMPONENTS).join('\\'),
  })
  return { path, fault }
}

/** Media are written in capitals and often read in small letters. */
async function spelled(
  folder: string,
  name: string,
  listings: Map<string, Promise<readonly string[]>>,
): Promise<string> {
  const listing = listings.get(folder) ?? readdir(folder).catch(() => [])
  listings.set(folder, listing)
  const names = await listing
  if (names.includes(name)) return name
  const wanted = name.toLowerCase()
  return names.find((other) => other.toLowerCase().replace(/\.$/, '') === wanted) ?? name
}
