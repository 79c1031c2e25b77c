import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFigureName } from '#renderer/app/figure-name'
import { useFlipCost } from '#renderer/app/flip-cost'
import { useProviderName } from '#renderer/app/provider-names'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { InstalledModel } from '#shared/contract/models'
import { flipGains } from '#shared/domain/model-manifest/flip-gains'
import { modelName } from '#shared/domain/model-manifest/index'
import classes from './weights-table.module.css'

/** What flip test-time augmentation gains, as the package states it, and what it costs, as measured here. */
export function FlipsPanel({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const providerName = useProviderName()
  const { cost, measure, measuring, fault } = useFlipCost(modelName(model.manifest))
  return (
    <Panel
      title={t('flips.title')}
      aside={
        <Button
          size="xs"
          variant="default"
          loading={measuring}
          disabled={model.fault !== null}
          onClick={measure}
        >
          {t('flips.measure')}
        </Button>
      }
    >
      <GainTable model={model} />
      {cost ? (
        <p>
          {t('flips.cost', {
            factor: format.tenths(cost.factor),
            plain: format.milliseconds(cost.plain),
            flipped: format.milliseconds(cost.flipped),
            provider: providerName(cost.provider),
            precision: t(`precision.${cost.precision}`),
            when: format.moment(cost.measuredAt),
          })}
        </p>
      ) : (
        <p className="quiet">{t('flips.untimed')}</p>
      )}
      {fault && <FaultNote fault={fault} />}
    </Panel>
  )
}

/** Each figure that was measured without and with mirror images, of the file that scoring uses. */
function GainTable({ model: { manifest, precision } }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const figureName = useFigureName(manifest)
  const gains = flipGains(manifest, precision)
  if (gains.length === 0) return <p className="quiet">{t('flips.unmeasured')}</p>
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('flips.figure')}</th>
            <th scope="col">{t('flips.plain')}</th>
            <th scope="col">{t('flips.flipped')}</th>
            <th scope="col">{t('flips.gain')}</th>
          </tr>
        </thead>
        <tbody>
          {gains.map(({ figure, plain, flipped, gain, interval }) => (
            <tr key={figure}>
              <th scope="row">{figureName(figure)}</th>
              <td>{format.score(plain)}</td>
              <td>{format.score(flipped)}</td>
              <td className={classes.size}>
                <b>{format.change(gain)}</b>
                {interval && (
                  <span className="quiet">
                    {' '}
                    {format.change(interval[0])} – {format.change(interval[1])}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {gains.some(({ interval }) => interval !== null) && <p className="quiet">{t('flips.level')}</p>}
    </>
  )
}
