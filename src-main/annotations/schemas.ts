import type { Database } from '#main/database/open'
import type { SchemaSummary } from '#shared/contract/annotations'
import { type LabelSchema, labelSchema } from '#shared/domain/annotation/label-schema'
import { LeptonError } from '#shared/domain/fault'

interface Row {
  body: string
  created_at: string
}

const newest = `FROM label_schemas s
  WHERE version = (SELECT max(version) FROM label_schemas WHERE id = s.id)`

/** Label schemas and their versions; none is ever changed or lost. */
export class LabelSchemas {
  readonly #database: Database
  readonly #builtIn: () => LabelSchema[]
  #ready = false

  constructor(database: Database, builtIn: () => LabelSchema[]) {
    this.#database = database
    this.#builtIn = builtIn
  }

  list(): SchemaSummary[] {
    this.#prepare()
    return this.#database
      .prepare<[], Row>(`SELECT body, created_at ${newest} ORDER BY id`)
      .all()
      .map(({ body, created_at }) => {
        const { id, version, name, labels } = labelSchema.parse(JSON.parse(body))
        return { id, version, name, labels: labels.length, createdAt: created_at }
      })
  }

  /** @throws NOT_FOUND */
  read(id: string, version?: number): LabelSchema {
    this.#prepare()
    const found = this.#find(id, version)
    if (found) return found
    const received = version === undefined ? `label schema ${id}` : `label schema ${id}, version ${version}`
    throw new LeptonError('NOT_FOUND', { received })
  }

  /** @throws ANNOTATION_CHANGED, INPUT_INVALID */
  save(schema: LabelSchema): LabelSchema {
    this.#prepare()
    refuseTwins(schema)
    return this.#database
      .transaction(() => {
        const before = this.#find(schema.id)
        if (before && before.version !== schema.version) {
          throw new LeptonError('ANNOTATION_CHANGED', {
            expected: `version ${schema.version} of label schema ${schema.id} to be the newest`,
            received: `version ${before.version}`,
            remedy: 'Open the newest version and do your change again.',
          })
        }
        return this.#write({ ...schema, version: (before?.version ?? 0) + 1 })
      })
      .immediate()
  }

  /** @throws INPUT_INVALID */
  import(schema: LabelSchema): LabelSchema {
    this.#prepare()
    refuseTwins(schema)
    return this.#database
      .transaction(() => {
        const before = this.#find(schema.id)
        const same =
          before && JSON.stringify({ ...before, version: 0 }) === JSON.stringify({ ...schema, version: 0 })
        return same
          ? before
          : this.#write({ ...schema, version: before ? before.version + 1 : schema.version })
      })
      .immediate()
  }

  #find(id: string, version?: number): LabelSchema | null {
    const body = this.#database
      .prepare<[string, number | null, number | null], string>(
        'SELECT body FROM label_schemas WHERE id = ? AND (? IS NULL OR version = ?) ORDER BY version DESC LIMIT 1',
      )
      .pluck()
      .get(id, version ?? null, version ?? null)
    return body === undefined ? null : labelSchema.parse(JSON.parse(body))
  }

  #write(schema: LabelSchema): LabelSchema {
    this.#database
      .prepare('INSERT INTO label_schemas (id, version, body, created_at) VALUES (?, ?, ?, ?)')
      .run(schema.id, schema.version, JSON.stringify(schema), new Date().toISOString())
    return schema
  }

  /** The built-in ones are made when schemas are first asked for, and are a person's own from then on. */
  #prepare(): void {
    if (this.#ready) return
    this.#ready = true
    this.#database
      .transaction(() => {
        for (const schema of this.#builtIn()) if (!this.#find(schema.id)) this.#write(schema)
      })
      .immediate()
  }
}

/** Refuses labels that could not be told apart by key or by hot key. */
function refuseTwins({ labels }: LabelSchema): void {
  for (const part of ['key', 'hotKey'] as const) {
    const values = labels.map((one) => one[part]).filter((value) => value !== null)
    const twin = values.find((value, at) => values.indexOf(value) !== at)
    if (twin !== undefined) {
      const expected =
        part === 'key' ? 'a key of its own for each label' : 'a hot key of its own for each label'
      throw new LeptonError('INPUT_INVALID', { expected, received: `${twin} twice` })
    }
  }
}
