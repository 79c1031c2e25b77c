import { useTranslation } from 'react-i18next'
import { useFigureName } from '#renderer/app/figure-name'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { type Loss, losses } from './weights-loss'
import classes from './weights-table.module.css'

/** So many figures of a file are shown at once; the others are folded away. */
const SHOWN = 3

/** The files of the network: precision, size, and what each was measured to lose. */
export function WeightsTable({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { manifest, sizes } = model
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('weights.file')}</th>
          <th scope="col">{t('precision.title')}</th>
          <th scope="col">{t('weights.size')}</th>
          <th scope="col">{t('weights.loss')}</th>
        </tr>
      </thead>
      <tbody>
        {manifest.weights.map((file, place) => (
          <tr key={file.file}>
            <th scope="row">
              <code>{file.file}</code>
            </th>
            <td>{t(`precision.${file.precision}`)}</td>
            <td className={classes.size}>{format.bytes(sizes[file.file] ?? 0)}</td>
            <td>
              {place === 0 && manifest.metrics.length > 0 ? (
                <span className="quiet">{t('weights.reference')}</span>
              ) : file.metrics.length === 0 ? (
                <span className="quiet">{t('weights.unmeasured')}</span>
              ) : (
                <Losses all={losses(manifest, file)} manifest={manifest} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Losses({ all, manifest }: { all: readonly Loss[]; manifest: ModelManifest }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const figureName = useFigureName(manifest)
  const line = ({ metric, change }: Loss) => (
    <p key={`${metric.name} ${metric.set}`} title={metric.set}>
      {figureName(metric.name)} <b>{format.score(metric.value)}</b>
      {change !== null && (
        <span className="quiet"> {t('weights.change', { change: format.change(change) })}</span>
      )}
    </p>
  )
  return (
    <>
      {all.slice(0, SHOWN).map(line)}
      {all.length > SHOWN && (
        <details>
          <summary>{t('weights.more', { count: all.length - SHOWN })}</summary>
          {all.slice(SHOWN).map(line)}
        </details>
      )}
    </>
  )
}
