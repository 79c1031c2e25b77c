import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFigureName } from '#renderer/app/figure-name'
import { useFlipCost } from '#renderer/app/flip-cost'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import type { Precision } from '#shared/domain/model-manifest/files'
import { flipGains } from '#shared/domain/model-manifest/flip-gains'
import { modelName } from '#shared/domain/model-manifest/index'
import classes from './start-dialog.module.css'

interface Props {
  /** Null where each image gets its own. */
  model: InstalledModel | null
  precision: Precision | null
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Averaging over mirror images: what its makers measured it to gain, and what it was measured to cost here. */
export function FlipsChoice({ model, precision, checked, onChange }: Props) {
  const { t } = useTranslation('scoring')
  const { cost, measure, measuring, fault } = useFlipCost(model && modelName(model.manifest))
  const format = useFormat()
  return (
    <>
      <div className={classes.flips}>
        <Switch
          label={t('start.flips')}
          description={
            <>
              {model && <Gain model={model} precision={precision} />}
              {cost
                ? t('start.flipsMeasured', {
                    factor: format.tenths(cost.factor),
                    plain: format.milliseconds(cost.plain),
                    flipped: format.milliseconds(cost.flipped),
                  })
                : t('start.flipsCost')}
            </>
          }
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {model !== null && (
          <Button size="xs" variant="subtle" loading={measuring} onClick={measure}>
            {t('start.flipsMeasure')}
          </Button>
        )}
      </div>
      {fault && <FaultNote fault={fault} />}
    </>
  )
}

/** The first figure that was measured both ways; the model's page has them all. */
function Gain({ model, precision }: { model: InstalledModel; precision: Precision | null }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const figureName = useFigureName(model.manifest)
  const [first] = flipGains(model.manifest, precision ?? model.precision)
  const said = first
    ? t('start.flipsGain', { figure: figureName(first.figure), change: format.change(first.gain) })
    : t('start.flipsUnmeasured')
  return `${said} `
}
