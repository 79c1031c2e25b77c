import { useTranslation } from 'react-i18next'
import classes from './charts.module.css'

interface Props {
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}

/** The figures behind a plot, folded away. */
export function Figures({ columns, rows }: Props) {
  const { t } = useTranslation('models')
  return (
    <details className={classes.figures}>
      <summary>{t('figures')}</summary>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, place) => (
                <td key={columns[place]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
