import { useTranslation } from 'react-i18next'
import { useBilingual } from '#renderer/app/label-names'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { InstalledModel } from '#shared/contract/models'
import { LabelList } from './label-list'
import classes from './model-about.module.css'
import { useFits } from './use-fits'

/** What a model is for, where it must not be trusted, and who made it from what. */
export function ModelAbout({ model }: { model: InstalledModel }) {
  const { t, i18n } = useTranslation(['models', 'common'])
  const inLanguage = useBilingual()
  const format = useFormat()
  const { manifest } = model
  const fits = useFits(manifest)
  const limits = i18n.language === 'zh' ? manifest.limits.zh : manifest.limits.en
  return (
    <>
      <Panel title={t('about.use')}>
        <p>{inLanguage(manifest.intendedUse) || t('about.unsaid')}</p>
        <p className={classes.note}>{t('common:researchAidLong')}</p>
      </Panel>
      <Panel title={t('about.limits')}>
        {limits.length === 0 && <p className="quiet">{t('about.unsaid')}</p>}
        <ul className={classes.limits}>
          {limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      </Panel>
      {manifest.labels.length > 0 && (
        <Panel title={t('labels.title')} aside={<span className="quiet">{manifest.labels.length}</span>}>
          <LabelList manifest={manifest} />
        </Panel>
      )}
      <Panel title={t('about.title')}>
        <Facts>
          <Fact name={t('task.title')}>{t(`task.${manifest.task}`)}</Fact>
          <Fact name={t('fits.title')}>{fits}</Fact>
          <Fact name={t('about.operatingPoint')}>{format.score(manifest.operatingPoint.threshold)}</Fact>
          <Fact name={t('about.size')}>{format.bytes(model.sizeBytes)}</Fact>
          <Fact name={t('about.origin')}>{model.bundled ? t('about.bundled') : t('about.installed')}</Fact>
        </Facts>
        <Source name={t('about.folder')}>{model.folder}</Source>
        <Source name={t('about.chosenBy')}>{manifest.operatingPoint.chosen}</Source>
        <Source name={t('about.trainingData')}>{manifest.trainingData}</Source>
        <Source name={t('about.attribution')}>{manifest.attribution}</Source>
        <Source name={t('about.licence')}>{manifest.licence}</Source>
      </Panel>
    </>
  )
}

function Source({ name, children }: { name: string; children: string }) {
  const { t } = useTranslation('models')
  return (
    <div className={classes.source}>
      <h3>{name}</h3>
      <p>{children || t('about.unsaid')}</p>
    </div>
  )
}
