import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { GraphTensor, OnnxFacts } from '#shared/contract/model-wizard'
import classes from './form.module.css'
import { Section } from './section'

/** What the file says of itself. */
export function GraphSection({ onnx }: { onnx: OnnxFacts }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const facts = [
    format.bytes(onnx.sizeBytes),
    t('wizard.graph.parameters', { count: onnx.parameters }),
    t('wizard.graph.nodes', { count: onnx.nodes }),
    t(`precision.${onnx.precision}`),
    onnx.opsets.map(({ domain, version }) => `${domain || 'ai.onnx'} ${version}`).join(', '),
    onnx.producer,
  ]
  return (
    <Section title={t('wizard.section.graph')}>
      <table className={classes.tensors}>
        <thead>
          <tr>
            <th scope="col">{t('wizard.graph.direction')}</th>
            <th scope="col">{t('wizard.graph.name')}</th>
            <th scope="col">{t('wizard.graph.shape')}</th>
            <th scope="col">{t('wizard.graph.type')}</th>
          </tr>
        </thead>
        <tbody>
          {onnx.inputs.map((tensor) => (
            <Tensor key={`in ${tensor.name}`} direction={t('wizard.graph.input')} tensor={tensor} />
          ))}
          {onnx.outputs.map((tensor) => (
            <Tensor key={`out ${tensor.name}`} direction={t('wizard.graph.output')} tensor={tensor} />
          ))}
        </tbody>
      </table>
      <p className="quiet">{facts.filter(Boolean).join(' · ')}</p>
    </Section>
  )
}

function Tensor({ direction, tensor: { name, shape, type } }: { direction: string; tensor: GraphTensor }) {
  return (
    <tr>
      <td className="quiet">{direction}</td>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>{shape ? shape.map((side) => side ?? '?').join(' × ') : '?'}</td>
      <td className="quiet">{type}</td>
    </tr>
  )
}
