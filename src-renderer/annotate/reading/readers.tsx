import { Button, Switch } from '@mantine/core'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { Chip } from '#renderer/ui/chip'
import { FaultNote } from '#renderer/ui/fault-note'
import { AgreementTable } from './agreement-table'
import { Differences } from './differences'
import classes from './reading.module.css'
import type { ReadingProps } from './reading-dialog'

/** Who read the study, whether they may see each other, how they agree, and what is left to settle. */
export function Readers({ working, reading, onClose }: ReadingProps) {
  const { t } = useTranslation('reading')
  const queries = useQueryClient()
  const { studyId, reader, labels } = working
  const onSuccess = () => void queries.invalidateQueries({ queryKey: api.reading.key() })
  const setBlinded = useMutation(api.reading.setBlinded.mutationOptions({ onSuccess }))
  const setDone = useMutation(api.reading.setDone.mutationOptions({ onSuccess }))
  const compared = !reading.blinded && reading.readers.filter((one) => one.annotations > 0).length > 1
  const agreement = useQuery(
    api.reading.agreement.queryOptions({ input: compared ? { studyIds: [studyId] } : skipToken }),
  )
  const done = reading.readers.some((one) => one.reader === reader && one.doneAt !== null)
  const failed = setBlinded.error ?? setDone.error
  return (
    <div className={classes.stack}>
      <Switch
        checked={reading.blinded}
        label={t('blinded.label')}
        description={t('blinded.about')}
        onChange={(event) => setBlinded.mutate({ studyId, blinded: event.currentTarget.checked })}
      />
      {failed && <FaultNote fault={faultFrom(failed)} />}
      <ul className={classes.readers}>
        {reading.readers.map((one) => (
          <li key={one.reader}>
            <b>{one.reader}</b>
            <span className="quiet">
              {(!reading.blinded || one.reader === reader) && t('annotations', { count: one.annotations })}
            </span>
            <Chip tone={one.doneAt ? 'ok' : 'plain'}>{t(one.doneAt ? 'done' : 'atWork')}</Chip>
          </li>
        ))}
      </ul>
      <Button
        variant={done ? 'default' : 'filled'}
        loading={setDone.isPending}
        onClick={() => setDone.mutate({ studyId, reader, done: !done })}
      >
        {t(done ? 'again' : 'iAmDone')}
      </Button>
      {agreement.isError && <FaultNote fault={faultFrom(agreement.error)} />}
      {agreement.data?.map((pair) => (
        <section key={`${pair.left} ${pair.right}`} className={classes.version}>
          <h3>{t('pair', pair)}</h3>
          <AgreementTable pair={pair} nameOf={labels.nameOf} />
          <Differences pair={pair} working={working} onClose={onClose} />
        </section>
      ))}
    </div>
  )
}
