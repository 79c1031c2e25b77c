import { useTranslation } from 'react-i18next'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import type { DoctorReport } from '#shared/contract/system'
import classes from './doctor.module.css'

/** Versions and sizes of this installation. */
export function DoctorFigures({ report }: { report: DoctorReport }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { app, runtime, data, engine } = report
  return (
    <>
      <h3 className={classes.heading}>{t('doctor.figures')}</h3>
      <Facts>
        <Fact name={t('doctor.version')}>{`${app.version} · ${t(`doctor.shell.${app.shell}`)}`}</Fact>
        <Fact name={t('doctor.platform')}>{runtime.platform}</Fact>
        <Fact name={t('doctor.cpu')}>{`${runtime.cpu} × ${runtime.cores}`}</Fact>
        <Fact name={t('doctor.memory')}>{format.bytes(runtime.memoryBytes)}</Fact>
        <Fact name={t('doctor.engineMemory')}>
          {engine.memoryBytes !== null && format.bytes(engine.memoryBytes)}
        </Fact>
        <Fact name="Node.js">{runtime.node}</Fact>
        <Fact name="Electron">{runtime.electron}</Fact>
        <Fact name="ONNX Runtime">{runtime.onnxruntime}</Fact>
        <Fact name={t('doctor.databaseSize')}>{format.bytes(data.databaseBytes)}</Fact>
        <Fact name={t('doctor.schema')}>{data.schemaVersion}</Fact>
        <Fact name={t('doctor.free')}>{format.bytes(data.freeBytes)}</Fact>
      </Facts>
    </>
  )
}
