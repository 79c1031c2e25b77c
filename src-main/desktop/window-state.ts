import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const windowState = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(1024).max(16384).default(1440),
  height: z.number().int().min(640).max(16384).default(900),
  maximized: z.boolean().default(false),
})

interface WindowState {
  x?: number
  y?: number
  width: number
  height: number
  maximized: boolean
}

/** The remembered place of the window; the default one if the file is absent or damaged. */
export function readWindowState(file: string): WindowState {
  let stored: unknown = {}
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // first start, or a damaged file: the default place
  }
  const { x, y, ...size } = windowState.catch(windowState.parse({})).parse(stored)
  return x === undefined || y === undefined ? size : { x, y, ...size }
}

export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(state))
}
