import { IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { routes } from '#shared/contract/routes'
import classes from './thumbnail.module.css'

interface Props {
  imageId: number | null
  /** Empty where text beside it says the same. */
  alt?: string
  /** Fetched only when it comes into sight. */
  lazy?: boolean
}

/** A square picture of an image; a quiet sign where there is none. */
export function Thumbnail({ imageId, alt = '', lazy = false }: Props) {
  const [broken, setBroken] = useState<number | null>(null)
  if (imageId === null || broken === imageId) {
    return (
      <span className={classes.none}>
        <IconPhotoOff aria-hidden />
      </span>
    )
  }
  return (
    <img
      className={classes.picture}
      src={routes.thumbnail(imageId)}
      alt={alt}
      decoding="async"
      loading={lazy ? 'lazy' : 'eager'}
      draggable={false}
      onError={() => setBroken(imageId)}
    />
  )
}
