import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { pictureBytes } from '#renderer/viewer/display/picture-bytes'
import { readFrame } from '#renderer/viewer/stack/read-frame'
import { initialWindow } from '#shared/pixels/initial-window'

/** Draws an image of the library on a canvas at its own size, windowed as the viewer opens it. */
export function useDrawnFrame(imageId: number) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useQuery({
    queryKey: ['frame', imageId],
    queryFn: ({ signal }) => readFrame(imageId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  useEffect(() => {
    const target = canvas.current
    const { data } = frame
    if (!target || !data) return
    target.width = data.columns
    target.height = data.rows
    const picture = new ImageData(data.columns, data.rows)
    const window = data.samples === 3 ? { center: 128, width: 256 } : initialWindow(data)
    pictureBytes(data, { window, inverted: false, palette: 'grey' }, picture.data)
    target.getContext('2d')?.putImageData(picture, 0, 0)
  }, [frame])
  return { canvas, frame }
}
