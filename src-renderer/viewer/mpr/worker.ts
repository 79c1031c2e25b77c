import { faultOf } from '#shared/domain/fault'
import { maskOf } from '#shared/geometry/probability'
import { reslice } from '#shared/geometry/reslice'
import { outlineOf } from '../overlay/mask-outline'
import { type LoadedVolume, loadVolume } from './load-volume'
import { MaskVolume } from './mask-volume'
import type { FromWorker, MaskSource, PlaneMask, PlaneRequest, ToWorker } from './protocol'

const tell = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer })

let loaded: LoadedVolume | null = null
let imageIds: readonly number[] = []
let source: MaskSource | null = null
let masks: MaskVolume | null = null

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'load') void load(data.images)
  if (data.kind === 'masks') {
    source = data.source
    void layMasks()
  }
  if (data.kind === 'plane') cut(data)
})

async function load(images: Extract<ToWorker, { kind: 'load' }>['images']): Promise<void> {
  try {
    const total = images.length
    loaded = await loadVolume(images, (done) => tell({ kind: 'progress', loaded: done, total }))
    imageIds = loaded.order.map((at) => images[at]?.id ?? -1)
    const { volume: _, order: __, ...facts } = loaded
    tell({ kind: 'loaded', facts })
    await layMasks()
  } catch (error) {
    tell({ kind: 'failed', fault: faultOf(error) })
  }
}

/** Lays the maps of the run into the volume, once both are there. */
async function layMasks(): Promise<void> {
  const wanted = source
  masks = null
  if (!loaded || !wanted) return
  const laid = new MaskVolume(loaded.grid, loaded.reduced, wanted.regionThreshold)
  try {
    for (const { imageId, predictionId, found } of wanted.predictions) {
      const slice = imageIds.indexOf(imageId)
      if (slice >= 0) await laid.add(slice, predictionId, found)
      if (source !== wanted) return
    }
    masks = laid
    tell({ kind: 'masks', labels: laid.labels, fault: null })
  } catch (error) {
    tell({ kind: 'masks', labels: [], fault: faultOf(error) })
  }
}

function cut({ name, plane, slab, threshold }: PlaneRequest): void {
  if (!loaded) return
  const values = reslice(loaded.volume, plane, slab)
  tell({ kind: 'plane', name, plane, values, masks: masksOn(plane, slab, threshold) }, [values.buffer])
}

function masksOn(
  plane: PlaneRequest['plane'],
  slab: PlaneRequest['slab'],
  threshold: number | null,
): PlaneMask[] {
  if (!masks || threshold === null) return []
  return masks.labels.flatMap((label) => {
    const volume = masks?.volumeOf(label, threshold)
    if (!volume) return []
    const field = reslice(volume, plane, { ...slab, projection: 'max' })
    const loops = outlineOf(maskOf(field, threshold), plane.rows, plane.columns)
    return loops.length > 0 ? [{ label, loops }] : []
  })
}
