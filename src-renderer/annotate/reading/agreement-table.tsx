import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { PairAgreement } from '#shared/contract/reading'
import classes from './reading.module.css'

/** How two readers agree, label by label. */
export function AgreementTable({ pair, nameOf }: { pair: PairAgreement; nameOf: (label: string) => string }) {
  const { t } = useTranslation('reading')
  const format = useFormat()
  const figure = (value: number | null) => (value === null ? '–' : format.score(value))
  const rows = pair.labels.length === 2 ? pair.labels.slice(1) : pair.labels
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('agreement.label')}</th>
            <th scope="col">{pair.left}</th>
            <th scope="col">{pair.right}</th>
            <th scope="col">{t('agreement.both')}</th>
            <th scope="col" title={t('agreement.detectionAbout')}>
              {t('agreement.detection')}
            </th>
            <th scope="col" title={t('agreement.diceAbout')}>
              {t('agreement.dice')}
            </th>
            <th scope="col" title={t('agreement.iccAbout')}>
              {t('agreement.icc')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label === null ? t('agreement.all') : nameOf(row.label)}</th>
              <td>{row.left}</td>
              <td>{row.right}</td>
              <td>{row.both}</td>
              <td>{figure(row.detection)}</td>
              <td>{figure(row.dice)}</td>
              <td>{figure(row.icc)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet" title={t('agreement.kappaAbout')}>
        {t('agreement.kappa', { kappa: figure(pair.kappa) })}
      </p>
    </>
  )
}
