import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultNote } from '#renderer/ui/fault-note'
import { Panel } from '#renderer/ui/panel'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { Fault } from '#shared/domain/fault'
import { task } from '#shared/domain/model-manifest/index'
import { AboutSection } from './form/about-section'
import { DecisionSection } from './form/decision-section'
import { DraftContext } from './form/draft-form'
import { FitsSection } from './form/fits-section'
import { GraphSection } from './form/graph-section'
import { InputSection } from './form/input-section'
import { LabelsSection } from './form/labels-section'
import { ManifestText } from './form/manifest-text'
import { OutputsSection } from './form/outputs-section'
import { ProvenanceSection } from './form/provenance-section'
import { PreviewPanel } from './preview/preview-panel'
import type { Problems } from './problems'
import type { DraftSession, useDraftSession } from './use-draft-session'
import classes from './wizard-page.module.css'

interface Props {
  session: DraftSession
  way: Pick<ReturnType<typeof useDraftSession>, 'set' | 'replace' | 'propose'>
  problems: Problems
  writing: boolean
  /** Why the package could not be written or proposed. */
  fault: Fault | null
}

/** The manifest as a form, and beside it what it makes of a picture. */
export function DraftStep({ session, way, problems, writing, fault }: Props) {
  const { t } = useTranslation('models')
  const { draft, onnx, values, guesses } = session
  const { set, replace, propose } = way
  const form = useMemo(() => ({ values, set, replace, problems }), [values, set, replace, problems])
  const ask = (wanted: string) => {
    const known = task.safeParse(wanted)
    if (known.success) propose.mutate({ draft, task: known.data })
  }
  return (
    <DraftContext value={form}>
      <div className={classes.body}>
        <div className={classes.form}>
          {fault && (
            <div role="alert">
              <Panel>
                <FaultNote fault={fault} />
              </Panel>
            </div>
          )}
          <GraphSection onnx={onnx} />
          <AboutSection guesses={guesses} onTask={ask} />
          <InputSection guesses={guesses} />
          <OutputsSection tensors={onnx.outputs} guesses={guesses} />
          <LabelsSection guesses={guesses} />
          <FitsSection guesses={guesses} />
          <ProvenanceSection />
          <ManifestText />
        </div>
        <aside className={classes.preview} aria-label={t('wizard.preview.title')}>
          {writing && (
            <Panel>
              <p role="status">{t('wizard.writing')}</p>
              <ProgressBar value={null} label={t('wizard.writing')} />
            </Panel>
          )}
          <PreviewPanel draft={draft} />
          <DecisionSection />
          {problems.size > 0 && <ProblemList problems={problems} />}
        </aside>
      </div>
    </DraftContext>
  )
}

/** What is still to be mended before the package can be written. */
function ProblemList({ problems }: { problems: Problems }) {
  const { t } = useTranslation('models')
  return (
    <Panel title={t('wizard.problem.title')}>
      <ul className={classes.problems}>
        {[...problems].map(([path, kind]) => (
          <li key={path}>
            <code>{path}</code> {t(`wizard.problem.${kind}`)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
