import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '#renderer/app/api'
import { useFigureName } from '#renderer/app/figure-name'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import { modelName } from '#shared/domain/model-manifest/index'
import { costOf, figureOf } from './member-figures'
import classes from './weights-table.module.css'

/** What an ensemble costs and gains: the time and the first figure of each member, and of all together. */
export function MembersTable({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const figureName = useFigureName(model.manifest)
  const installed = useQuery(api.models.list.queryOptions()).data ?? []
  const { ensemble, metrics } = model.manifest
  if (!ensemble) return null
  const figure = metrics[0]?.name
  const members = ensemble.members.flatMap(
    ({ id, version }) =>
      installed.find(({ manifest }) => manifest.id === id && manifest.version === version) ?? [],
  )
  return (
    <>
      <p>{t(`members.rule.${ensemble.rule}`)}</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('members.model')}</th>
            <th scope="col">{t('members.time')}</th>
            <th scope="col">{t('weights.size')}</th>
            {figure !== undefined && <th scope="col">{figureName(figure)}</th>}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Row key={modelName(member.manifest)} model={member} figure={figure} link />
          ))}
          <Row model={model} figure={figure} link={false} />
        </tbody>
      </table>
    </>
  )
}

function Row({ model, figure, link }: { model: InstalledModel; figure: string | undefined; link: boolean }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { manifest } = model
  const cost = costOf(model)
  const value = figure === undefined ? null : figureOf(manifest, figure)
  return (
    <tr>
      <th scope="row">
        {link ? (
          <Link to={`/models/${manifest.id}/${manifest.version}`}>{modelName(manifest)}</Link>
        ) : (
          t('members.together')
        )}
      </th>
      <td className={classes.size}>{cost === null ? t('members.untimed') : format.milliseconds(cost)}</td>
      <td className={classes.size}>{format.bytes(model.sizeBytes)}</td>
      {figure !== undefined && <td>{value === null ? t('weights.unmeasured') : format.score(value)}</td>}
    </tr>
  )
}
