import { Hono } from 'hono'
import { pixelRoutes } from './pixels'
import type { Library, LibraryDeps } from './types'
import { uploadRoutes } from './uploads'

/** Byte routes of the library: frames, thumbnails, uploads. */
export function libraryRoutes(
  library: Library,
  { database, engine, dataFolder }: Pick<LibraryDeps, 'database' | 'engine' | 'dataFolder'>,
): Hono {
  return new Hono()
    .route('/', pixelRoutes({ database, engine, library }))
    .route('/', uploadRoutes(library, dataFolder))
}
