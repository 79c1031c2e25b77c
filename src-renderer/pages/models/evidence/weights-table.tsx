import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import { useFigureName } from '../figure-name'
import { losses } from './weights-loss'
import classes from './weights-table.module.css'

/** The files of the network: precision, size, and what each was measured to lose. */
export function WeightsTable({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const figureName = useFigureName(model.manifest)
  const { manifest } = model
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('weights.file')}</th>
          <th scope="col">{t('precision.title')}</th>
          <th scope="col">{t('weights.loss')}</th>
        </tr>
      </thead>
      <tbody>
        {manifest.weights.map((file) => (
          <tr key={file.file}>
            <th scope="row">
              <code>{file.file}</code>
            </th>
            <td>{t(`precision.${file.precision}`)}</td>
            <td>
              {losses(manifest, file).map(({ metric, change }) => (
                <p key={`${metric.name} ${metric.set}`}>
                  {figureName(metric.name)} <b>{format.score(metric.value)}</b>
                  {change !== null && (
                    <span className="quiet"> {t('weights.change', { change: format.change(change) })}</span>
                  )}
                </p>
              ))}
              {file.metrics.length === 0 && (
                <span className="quiet">
                  {t(file === manifest.weights[0] ? 'weights.reference' : 'weights.unmeasured')}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
