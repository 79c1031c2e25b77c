import { IconEye } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'
import { Panel } from '#renderer/ui/panel'
import type { Guess } from '#shared/contract/model-wizard'
import classes from './form.module.css'

interface Props {
  title: string
  /** What of this section the file does not say, of all that was guessed. */
  guesses?: readonly Guess[]
  guessed?: readonly Guess[]
  children: ReactNode
}

/** A part of the form; what was guessed in it is marked, for a person to look at. */
export function Section({ title, guesses = [], guessed = [], children }: Props) {
  const { t } = useTranslation('models')
  const here = guesses.filter((guess) => guessed.includes(guess))
  return (
    <Panel
      title={title}
      aside={
        here.length > 0 && (
          <Chip tone="warn" icon={<IconEye />}>
            {t('wizard.look')}
          </Chip>
        )
      }
    >
      {here.length > 0 && (
        <ul className={classes.guesses}>
          {here.map((guess) => (
            <li key={guess}>{t(`wizard.guess.${guess}`)}</li>
          ))}
        </ul>
      )}
      {children}
    </Panel>
  )
}
