import { once } from 'node:events'

/** Writes pieces to stdout no faster than it takes them. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
  }
}

export async function writeJson(value: unknown): Promise<void> {
  await writeOut([`${JSON.stringify(value, null, 2)}\n`])
}
