import { create } from 'zustand'

/** How many phantoms are being drawn for this window. */
export const useDrawing = create<{ samples: number }>(() => ({ samples: 0 }))

/** Counts a phantom while it is drawn. */
export async function whileDrawing<T>(work: Promise<T>): Promise<T> {
  useDrawing.setState(({ samples }) => ({ samples: samples + 1 }))
  try {
    return await work
  } finally {
    useDrawing.setState(({ samples }) => ({ samples: samples - 1 }))
  }
}
