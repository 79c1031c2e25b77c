import type { LabelCode } from '#shared/domain/annotation/label-schema'
import type { ImportedLabel } from '../../types'
import { PRIVATE_SCHEME } from '../object/codes'
import { means } from '../read/objects'
import { concept } from './concepts'
import { codeValue, type Node, numberValue } from './tree'

const finding = { scheme: 'SCT', value: '404684003' }
const category = { scheme: 'SCT', value: '276214006' }
const sct = { scheme: 'SCT' }
const site = [concept.findingSite, { ...sct, value: '272741003' }, { scheme: 'SRT', value: 'G-C0E3' }]

/** What a measurement group says besides where it lies. */
export interface GroupContent {
  label: ImportedLabel
  object: string | null
  attributes: Record<string, string | number | string[]>
  note: string
}

/**
 * Finding, tracking UID and evaluations of a measurement group. Answers to our own questions become attributes again;
 * what others measured and evaluated is kept as a remark.
 */
export function groupContent(group: Node, ours: boolean): GroupContent {
  const said = (...codes: { scheme: string; value: string }[]) =>
    group.children.find((node) => means(node.concept, ...codes))
  const tracking = said(concept.trackingId)?.item.text(0x0040a160) ?? ''
  const uid = said(concept.trackingUid)?.item.code(0x0040a124) ?? null
  const found = said(concept.finding, finding)
  const code = found ? codeValue(found) : null
  const others = group.children.filter(
    ({ concept: one }) =>
      !means(one, concept.trackingId, concept.trackingUid, concept.finding, finding, category, ...site),
  )
  return {
    label: labelOf(code, tracking, ours),
    object: uid === null ? null : `urn:oid:${uid}`,
    attributes: ours ? attributesOf(others) : {},
    note: ours ? (said(concept.comment)?.item.text(0x0040a160) ?? '') : remarkOf(others),
  }
}

/** A code of our own scheme is the key of a label; our tracking identifiers are its name and a number. */
function labelOf(code: LabelCode | null, tracking: string, ours: boolean): ImportedLabel {
  if (code?.scheme === PRIVATE_SCHEME) return { name: code.value, code: null, colour: null }
  const name = ours ? tracking.replace(/ \d+$/, '') : ''
  return { name: name || code?.meaning || tracking || 'finding', code, colour: null }
}

function attributesOf(nodes: readonly Node[]): GroupContent['attributes'] {
  const attributes: GroupContent['attributes'] = {}
  for (const node of nodes) {
    if (node.concept?.scheme !== PRIVATE_SCHEME || means(node.concept, concept.meanProbability)) continue
    const key = node.concept.value
    const answer =
      node.kind === 'NUM'
        ? numberValue(node)?.value
        : node.kind === 'CODE'
          ? codeValue(node)?.value
          : (node.item.text(0x0040a160) ?? undefined)
    if (answer === undefined) continue
    const before = attributes[key]
    attributes[key] =
      before === undefined || typeof answer === 'number'
        ? answer
        : [...(Array.isArray(before) ? before : [String(before)]), answer]
  }
  return attributes
}

function remarkOf(nodes: readonly Node[]): string {
  return nodes
    .flatMap((node) => {
      const name = node.concept?.meaning ?? ''
      if (node.kind === 'NUM') {
        const number = numberValue(node)
        return number ? `${name}: ${number.value} ${number.unit}`.trim() : []
      }
      if (node.kind === 'CODE') return `${name}: ${codeValue(node)?.meaning ?? ''}`
      if (node.kind === 'TEXT') return `${name}: ${node.item.text(0x0040a160) ?? ''}`
      return []
    })
    .join('; ')
}
