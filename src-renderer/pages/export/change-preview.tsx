import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import type { DeidentifyOptions } from '#shared/domain/deidentification'
import classes from './change-preview.module.css'

interface Props {
  imageId: number
  options: DeidentifyOptions
}

/** What changes in the header of the first file, element by element. */
export function ChangePreview({ imageId, options }: Props) {
  const { t } = useTranslation('deidentify')
  const preview = useQuery(api.deidentify.preview.queryOptions({ input: { imageId, options } }))
  if (preview.isError) return <FaultNote fault={faultFrom(preview.error)} />
  if (!preview.data) return <Loader size="sm" />
  return (
    <>
      <p className="quiet">{t('preview.about', { count: preview.data.length })}</p>
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('preview.element')}</th>
              <th scope="col">{t('preview.action')}</th>
              <th scope="col">{t('preview.before')}</th>
              <th scope="col">{t('preview.after')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.data.map((line) => (
              <tr key={line.tag}>
                <td>
                  <span className={classes.tag}>{line.tag}</span> {line.keyword}
                </td>
                <td className={classes.action}>{t(`action.${line.action}`)}</td>
                <td className={classes.value}>{line.before}</td>
                <td className={classes.value}>{line.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
