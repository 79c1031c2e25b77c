import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { openSample } from '#renderer/app/intake/intake'
import classes from './samples.module.css'

/** The phantoms that the app draws itself, named as such. */
export function Samples({ onOpen }: { onOpen?: () => void }) {
  const { t } = useTranslation('library')
  return (
    <ul className={classes.samples}>
      {(['thigh', 'shelf'] as const).map((sample) => (
        <li key={sample}>
          <Button
            variant="default"
            onClick={() => {
              onOpen?.()
              void openSample(sample)
            }}
          >
            {t(`samples.${sample}`)}
          </Button>
          <span className="quiet">{t(`samples.${sample}About`)}</span>
        </li>
      ))}
    </ul>
  )
}
