import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { goTo } from '#renderer/viewer/state/viewer-store'
import type { PairAgreement, ReadingDifference } from '#shared/contract/reading'
import { select } from '../state/hand'
import { reload } from '../sync/load'
import classes from './reading.module.css'
import type { ReadingProps } from './reading-dialog'

/** What two readers see differently: look at it, or take one's view over as one's own. */
export function Differences({
  pair,
  working,
  onClose,
}: Omit<ReadingProps, 'reading'> & { pair: PairAgreement }) {
  const { t } = useTranslation('reading')
  const format = useFormat()
  const { studyId, reader, images, labels } = working
  const settle = useMutation(
    api.reading.settle.mutationOptions({ onSuccess: () => void reload(studyId).catch(() => undefined) }),
  )
  const look = ({ imageId, leftObject, rightObject }: ReadingDifference) => {
    const at = images.findIndex(({ id }) => id === imageId)
    if (at >= 0) goTo(at)
    select(...[leftObject, rightObject].filter((id) => id !== null))
    onClose()
  }
  const sides = (one: ReadingDifference) =>
    [
      { name: pair.left, objectId: one.leftObject },
      { name: pair.right, objectId: one.rightObject },
    ].filter(
      (side): side is { name: string; objectId: string } => side.objectId !== null && side.name !== reader,
    )
  if (pair.differences.length === 0) return <p>{t('differences.none')}</p>
  return (
    <>
      {settle.isError && <FaultNote fault={faultFrom(settle.error)} />}
      <ul className={classes.differences}>
        {pair.differences.map((one) => (
          <li key={`${one.leftObject} ${one.rightObject}`}>
            <span>
              {t(`differences.${one.kind}`, {
                left: pair.left,
                right: pair.right,
                leftLabel: one.leftLabel && labels.nameOf(one.leftLabel),
                rightLabel: one.rightLabel && labels.nameOf(one.rightLabel),
                overlap: format.score(one.overlap),
              })}
            </span>
            <Button variant="subtle" size="compact-xs" onClick={() => look(one)}>
              {t('differences.look')}
            </Button>
            {sides(one).map(({ name, objectId }) => (
              <Button
                key={objectId}
                variant="default"
                size="compact-xs"
                disabled={settle.isPending}
                onClick={() => settle.mutate({ studyId, reader, objectId, id: crypto.randomUUID() })}
              >
                {t('differences.take', { name })}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}
