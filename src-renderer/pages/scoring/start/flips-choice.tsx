import { Button, Switch } from '@mantine/core'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import classes from './start-dialog.module.css'

interface Props {
  /** `id@version`; null where each image gets its own. */
  model: string | null
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Averaging over mirror images, and what that was measured to cost the model chosen. */
export function FlipsChoice({ model, checked, onChange }: Props) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const queries = useQueryClient()
  const cost = useQuery(
    api.scoring.flipCost.queryOptions({ input: model === null ? skipToken : { model } }),
  ).data
  const measure = useMutation(
    api.scoring.measureFlips.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.scoring.flipCost.key() }),
    }),
  )
  const failed = measure.isError && measure.variables.model === model
  return (
    <>
      <div className={classes.flips}>
        <Switch
          label={t('start.flips')}
          description={
            cost
              ? t('start.flipsMeasured', {
                  factor: format.tenths(cost.factor),
                  plain: format.milliseconds(cost.plain),
                  flipped: format.milliseconds(cost.flipped),
                })
              : t('start.flipsCost')
          }
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {model !== null && (
          <Button
            size="xs"
            variant="subtle"
            loading={measure.isPending}
            onClick={() => measure.mutate({ model })}
          >
            {t('start.flipsMeasure')}
          </Button>
        )}
      </div>
      {failed && <FaultNote fault={faultFrom(measure.error)} />}
    </>
  )
}
