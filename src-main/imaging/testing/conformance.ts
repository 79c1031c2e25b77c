import { transferSyntaxName } from '#shared/domain/transfer-syntax'

/** How one image of the corpus came out. */
export interface Outcome {
  file: string
  transferSyntax: string
  photometric: string
  /** `expected`: as the independent reader; `alone`: that reader could not, this one can; `refused`: a coded error. */
  kind: 'expected' | 'differs' | 'alone' | 'refused'
  /** Why it differs, or the code of the refusal. */
  reason?: string
}

const UNSTATED = 'not stated'

/** The conformance statement: how many images of each transfer syntax and photometric interpretation came out how. */
export function conformanceStatement(
  outcomes: readonly Outcome[],
  withoutPixels: ReadonlyMap<string, string>,
): string {
  const columns = distinct(outcomes.map(({ photometric }) => photometric || UNSTATED))
  const rows = distinct(outcomes.map(({ transferSyntax }) => transferSyntax))
  const cell = (uid: string, term: string) =>
    count(
      outcomes.filter(
        (outcome) => outcome.transferSyntax === uid && (outcome.photometric || UNSTATED) === term,
      ),
    )
  const of = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind)
  return [
    '# DICOM conformance',
    '',
    'Made by `npm run conformance` from the test that decodes the corpus; the test fails where this page is out of date.',
    'An image counts as expected when the stored values of its first frame (all of them where the compression is lossless),',
    'the mean of its last frame, its colours and what it states are those of an independent reader.',
    '',
    `${of('expected').length} images as expected, ${of('differs').length} differ for a reason given below,`,
    `${of('alone').length} decoded that the independent reader could not, ${of('refused').length} refused with a code,`,
    `${withoutPixels.size} objects without pixel data named for what they are.`,
    '',
    '## Transfer syntaxes and photometric interpretations',
    '',
    'Images as expected of all images; `+n` counts those that only this reader decodes.',
    '',
    `| | ${columns.join(' | ')} |`,
    `| --- |${' --- |'.repeat(columns.length)}`,
    ...rows.map((uid) => {
      const name = uid === '' ? 'not stated' : `${transferSyntaxName(uid)} \`${uid}\``
      return `| ${name} | ${columns.map((term) => cell(uid, term)).join(' | ')} |`
    }),
    '',
    '## Images that differ',
    '',
    ...of('differs').map(({ file, reason }) => `- \`${file}\`: ${reason}.`),
    '',
    '## Images that only this reader decodes',
    '',
    ...of('alone').map(({ file }) => `- \`${file}\``),
    '',
    '## Refused',
    '',
    ...of('refused').map(({ file, reason }) => `- \`${file}\`: ${reason}`),
    '',
    '## Without pixel data',
    '',
    ...[...withoutPixels].map(([file, object]) => `- \`${file}\`: ${object}`),
    '',
  ].join('\n')
}

function count(outcomes: readonly Outcome[]): string {
  const alone = outcomes.filter(({ kind }) => kind === 'alone').length
  const compared = outcomes.filter(({ kind }) => kind === 'expected' || kind === 'differs').length
  const expected = outcomes.filter(({ kind }) => kind === 'expected').length
  const refused = outcomes.length - alone - compared
  return [
    compared > 0 ? `${expected} of ${compared}` : '',
    alone > 0 ? `+${alone}` : '',
    refused > 0 ? `${refused} refused` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(new Intl.Collator('en', { numeric: true }).compare)
}
