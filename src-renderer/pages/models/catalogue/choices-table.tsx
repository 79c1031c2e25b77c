import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { useModalityName } from '#renderer/app/modality-names'
import { Chip } from '#renderer/ui/chip'
import { ErrorState } from '#renderer/ui/error-state'
import { Panel } from '#renderer/ui/panel'
import type { InstalledModel, ScoringChoice } from '#shared/contract/models'
import { modelName } from '#shared/domain/model-manifest/index'
import classes from './choices-table.module.css'

/** What scoring takes by itself for each kind of picture and task, the model it takes first in front. */
export function ChoicesTable({ models }: { models: readonly InstalledModel[] }) {
  const { t } = useTranslation('models')
  const kindName = useKindName()
  const choices = useQuery(api.models.choices.queryOptions({ staleTime: 0 }))
  if (choices.isError)
    return <ErrorState fault={faultFrom(choices.error)} onRetry={() => choices.refetch()} />
  if (!choices.data) return null
  const byKind = Map.groupBy(choices.data, kindName)
  return (
    <Panel title={t('choices.title')}>
      {choices.data.length === 0 ? (
        <p className="quiet">{t('choices.none')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('choices.kind')}</th>
              <th scope="col">{t('task.title')}</th>
              <th scope="col">{t('choices.models')}</th>
            </tr>
          </thead>
          {[...byKind].map(([kind, rows]) => (
            <tbody key={kind}>
              {rows.map(({ task, models: names }, place) => (
                <tr key={task}>
                  {place === 0 && (
                    <th scope="rowgroup" rowSpan={rows.length}>
                      {kind}
                    </th>
                  )}
                  <td>{t(`task.${task}`)}</td>
                  <td>
                    <ul className={classes.models}>
                      {names.map((name, order) => (
                        <li key={name}>
                          <ModelLink name={name} models={models} />
                          {order === 0 && names.length > 1 && <Chip tone="accent">{t('choices.first')}</Chip>}
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
      <p className={classes.note}>{t('choices.note')}</p>
    </Panel>
  )
}

function ModelLink({ name, models }: { name: string; models: readonly InstalledModel[] }) {
  const inLanguage = useBilingual()
  const model = models.find(({ manifest }) => modelName(manifest) === name)
  if (!model) return name
  const { id, version, name: title } = model.manifest
  return (
    <Link to={`/models/${id}/${version}`}>
      {inLanguage(title)} {version}
    </Link>
  )
}

/** A kind of picture in words. */
function useKindName(): (choice: ScoringChoice) => string {
  const { t } = useTranslation('models')
  const modalityName = useModalityName()
  return ({ domain, modality }) => {
    if (modality !== null) return modalityName(modality)
    return domain === 'retail' ? modalityName('PHOTO') : t(`choices.any.${domain}`)
  }
}
