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
  /** What others say of it, each to be taken in the place of what the reader says. */
  const others = ({ leftObject, rightObject }: ReadingDifference) => {
    const sides = [
      { name: pair.left, objectId: leftObject, instead: pair.right === reader ? rightObject : null },
      { name: pair.right, objectId: rightObject, instead: pair.left === reader ? leftObject : null },
    ]
    return sides.flatMap(({ name, objectId, instead }) =>
      objectId === null || name === reader ? [] : [{ name, objectId, instead }],
    )
  }
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
            {others(one).map(({ name, objectId, instead }) => (
              <Button
                key={objectId}
                variant="default"
                size="compact-xs"
                disabled={settle.isPending}
                onClick={() => settle.mutate({ studyId, reader, objectId, instead, id: crypto.randomUUID() })}
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
