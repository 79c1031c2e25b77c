import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { Chip } from '#renderer/ui/chip'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { SignOff } from '#shared/contract/reading'
import { routes } from '#shared/contract/routes'
import classes from './reading.module.css'
import type { ReadingProps } from './reading-dialog'

/** Signing the study, and every version that was signed. */
export function SignOffs({ working, reading }: Omit<ReadingProps, 'onClose'>) {
  const { t } = useTranslation('reading')
  return (
    <div className={classes.stack}>
      <SignForm working={working} reading={reading} />
      {reading.signOffs.map((one) => (
        <Version key={one.version} studyId={working.studyId} signed={one} />
      ))}
      {reading.signOffs.length === 0 && <p className="quiet">{t('signed.none')}</p>}
    </div>
  )
}

function SignForm({ working, reading }: Omit<ReadingProps, 'onClose'>) {
  const { t, i18n } = useTranslation('reading')
  const queries = useQueryClient()
  const [remark, setRemark] = useState('')
  const { studyId, reader } = working
  const sign = useMutation(
    api.reading.sign.mutationOptions({
      onSuccess: ({ version, problems }) => {
        setRemark('')
        void toast(t('sign.done', { version }), problems.length === 0 ? 'good' : undefined)
        void queries.invalidateQueries({ queryKey: api.reading.key() })
      },
    }),
  )
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const own = reading.readers.find((one) => one.reader === reader)?.annotations ?? 0
  const problems = sign.data?.problems ?? []
  return (
    <section className={classes.form}>
      <p>{t('sign.about', { reader, count: own })}</p>
      <Textarea
        label={t('sign.remark')}
        value={remark}
        autosize
        minRows={2}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      {sign.isError && <FaultNote fault={faultFrom(sign.error)} />}
      {problems.map((fault, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: problems have no names
        <FaultNote key={at} fault={fault} />
      ))}
      {(own === 0 || reading.blinded) && (
        <p className="quiet">{t(reading.blinded ? 'sign.blinded' : 'sign.nothing')}</p>
      )}
      <Button
        loading={sign.isPending}
        disabled={own === 0 || reading.blinded}
        onClick={() => sign.mutate({ studyId, reader, remark, language })}
      >
        {t('sign.button')}
      </Button>
    </section>
  )
}

function Version({ studyId, signed }: { studyId: number; signed: SignOff }) {
  const { t } = useTranslation('reading')
  const format = useFormat()
  const { version, reader, signedAt, remark, files, folder } = signed
  return (
    <section className={classes.version}>
      <h3>{t('signed.version', { version, reader, moment: format.moment(signedAt) })}</h3>
      {remark && <p>{remark}</p>}
      <ul>
        {files.map(({ path, state, sha256 }) => (
          <li key={path}>
            {state === 'sound' ? (
              <a href={routes.signed(studyId, version, path)} target="_blank" rel="noreferrer" title={sha256}>
                {path}
              </a>
            ) : (
              <>
                {path} <Chip tone="bad">{t(state === 'gone' ? 'signed.gone' : 'signed.altered')}</Chip>
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="quiet">{folder}</p>
    </section>
  )
}
