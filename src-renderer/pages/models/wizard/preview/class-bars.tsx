import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { DraftPreview } from '#shared/contract/model-wizard'
import classes from './preview.module.css'
import type { LabelLook } from './use-label-look'

/** So many of the likeliest labels are shown. */
const SHOWN = 6

/** The likeliest labels of a classification, the called ones in bold. */
export function ClassBars({ classes: outputs, look }: Pick<DraftPreview, 'classes'> & { look: LabelLook }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  return outputs.map(({ output, probabilities, called }) => (
    <ul key={output} className={classes.bars} aria-label={t('wizard.preview.classes')}>
      {probabilities
        .toSorted((a, b) => b.probability - a.probability)
        .slice(0, SHOWN)
        .map(({ label, probability }) => (
          <li key={label}>
            {called.includes(label) ? <b>{look.name(label)}</b> : <span>{look.name(label)}</span>}
            <span
              className={classes.bar}
              style={{ width: `${Math.max(1, probability * 100)}%`, background: look.colour(label) }}
            />
            <output>{format.score(probability)}</output>
          </li>
        ))}
    </ul>
  ))
}
