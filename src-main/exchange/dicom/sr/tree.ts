import type { Dataset } from '#main/imaging/dicom/dataset'
import type { LabelCode } from '#shared/domain/annotation/label-schema'
import { codeOf } from '../read/objects'

/** Reports nest deeper than this only by mistake. */
const MOST_DEEP = 32

/** A node of the content tree of a report that is read. */
export interface Node {
  kind: string
  relationship: string
  concept: LabelCode | null
  item: Dataset
  children: Node[]
}

/** The content tree below an item. */
export function treeOf(item: Dataset, depth = 0): Node {
  return {
    kind: item.code(0x0040a040) ?? '',
    relationship: item.code(0x0040a010) ?? '',
    concept: codeOf(item.item(0x0040a043)),
    item,
    children: depth < MOST_DEEP ? item.items(0x0040a730).map((child) => treeOf(child, depth + 1)) : [],
  }
}

/** Every node of a tree that fits, the outermost first; what lies below one that fits is not looked at. */
export function* outermost(node: Node, fits: (node: Node) => boolean): Generator<Node> {
  if (fits(node)) yield node
  else for (const child of node.children) yield* outermost(child, fits)
}

/** Value of a CODE item. */
export const codeValue = ({ item }: Node) => codeOf(item.item(0x0040a168))

/** Value of a NUM item and its unit. */
export function numberValue({ item }: Node): { value: number; unit: string } | null {
  const measured = item.item(0x0040a300)
  const value = measured?.decimal(0x0040a30a) ?? null
  return value === null ? null : { value, unit: codeOf(measured?.item(0x004008ea) ?? null)?.value ?? '' }
}
