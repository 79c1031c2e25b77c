import { Button, NumberInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { readFrame } from '#renderer/viewer/stack/read-frame'
import type { DataSet } from '#shared/contract/datasets'
import page from '../dataset-page.module.css'
import classes from './augment.module.css'
import { useRecipe } from './recipe'
import { saveRecipe } from './save-recipe'
import { Variant } from './variant'

const previews = [0, 1, 2, 3, 4, 5]
const steps = [
  'mirror',
  'rotate',
  'grow',
  'elastic',
  'noise',
  'blur',
  'gamma',
  'contrast',
  'cutout',
  'bias',
] as const
const most = {
  mirror: 1,
  rotate: 180,
  grow: 3,
  elastic: 0.05,
  noise: 0.5,
  blur: 10,
  gamma: 3,
  contrast: 3,
  cutout: 20,
  bias: 1.5,
}
const grain = {
  mirror: 0.1,
  rotate: 5,
  grow: 0.1,
  elastic: 0.01,
  noise: 0.01,
  blur: 0.5,
  gamma: 0.1,
  contrast: 0.1,
  cutout: 1,
  bias: 0.1,
}

/** How pictures are varied for training, seen on a picture of the set. */
export default function AugmentTab({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const { strengths, copies, seed, recipe, change } = useRecipe()
  const first = useQuery(
    api.datasets.pictures.queryOptions({ input: { dataSetId: set.id, offset: 0, limit: 1 } }),
  )
  const imageId = first.data?.items[0]?.imageId ?? set.coverImageId
  const frame = useQuery({
    queryKey: ['frame', imageId],
    queryFn: ({ signal }) => readFrame(imageId ?? 0, signal),
    enabled: imageId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <div className={page.parts}>
      <div className={page.line}>
        <span className="quiet">{t('augment.about')}</span>
        <span className={page.push} />
        <Button
          size="compact-md"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={() => saveRecipe(`${set.name}-augmentation.json`, recipe)}
        >
          {t('augment.save')}
        </Button>
      </div>
      <div className={classes.columns}>
        <div className={classes.form}>
          {steps.map((step) => (
            <NumberInput
              key={step}
              size="xs"
              label={t(`augment.${step}`)}
              value={strengths[step]}
              min={0}
              max={most[step]}
              step={grain[step]}
              onChange={(value) => change({ strengths: { ...strengths, [step]: Number(value) } })}
            />
          ))}
          <NumberInput
            size="xs"
            label={t('augment.copies')}
            value={copies}
            min={1}
            max={20}
            onChange={(value) => change({ copies: Math.max(1, Number(value)) })}
          />
          <NumberInput
            size="xs"
            label={t('split.seed')}
            value={seed}
            min={0}
            onChange={(value) => change({ seed: Number(value) })}
          />
        </div>
        {frame.data && (
          <ul className={classes.variants}>
            {previews.map((copy) => (
              <Variant key={copy} frame={frame.data} recipe={recipe} copy={copy} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
