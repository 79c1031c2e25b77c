import type { Database } from '#main/database/open'
import { LeptonError } from '#shared/domain/fault'
import { type Source, type SourceDraft, type SourcePlace, sourcePlace } from '#shared/domain/source'

interface Row {
  id: number
  name: string
  place: string
  secret: string | null
}

/** A source with its secret, for the connection alone; never for an answer or a log. */
export interface Connection {
  name: string
  place: SourcePlace
  secret: string | null
}

/** The sources table. */
export class SourceStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  list(): Source[] {
    return this.#database
      .prepare<[], Row>('SELECT * FROM sources ORDER BY name COLLATE NOCASE')
      .all()
      .map(told)
  }

  /** @throws NOT_FOUND */
  connection(id: number): Connection {
    const { name, place, secret } = this.#row(id)
    return { name, place: sourcePlace.parse(JSON.parse(place)), secret }
  }

  /** By name or number, as a person types it. @throws NOT_FOUND */
  find(nameOrId: string): Source {
    const row = this.#database
      .prepare<[string, string], Row>(
        'SELECT * FROM sources WHERE name = ? COLLATE NOCASE OR CAST(id AS TEXT) = ?',
      )
      .get(nameOrId, nameOrId)
    if (!row) throw notFound(nameOrId)
    return told(row)
  }

  add(draft: SourceDraft): Source {
    this.#refuseTaken(draft.name, null)
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO sources (name, place, secret, created_at) VALUES (?, ?, ?, ?)')
      .run(draft.name, JSON.stringify(draft.place), secretOf(draft), new Date().toISOString())
    return told(this.#row(Number(lastInsertRowid)))
  }

  change(id: number, draft: SourceDraft): Source {
    const { place, secret } = this.completed(id, draft)
    this.#refuseTaken(draft.name, id)
    this.#database
      .prepare('UPDATE sources SET name = ?, place = ?, secret = ? WHERE id = ?')
      .run(draft.name, JSON.stringify(place), secret, id)
    return told(this.#row(id))
  }

  /**
   * A draft with the secret that is kept where it brings none of its own.
   * @throws INPUT_INVALID where that secret would go to another place than the one it was entered for.
   */
  completed(id: number, draft: SourceDraft): Connection {
    const { name, place } = draft
    if (draft.secret || !takesSecret(place)) return { name, place, secret: secretOf(draft) }
    const kept = this.connection(id)
    if (kept.secret !== null && audience(kept.place) !== audience(place)) {
      throw new LeptonError('INPUT_INVALID', {
        expected: 'the password or token again',
        received: 'another address or way to sign in',
        remedy: 'Enter it again, so that it is never sent elsewhere by mistake.',
      })
    }
    return { name, place, secret: kept.secret }
  }

  remove(id: number): void {
    this.#row(id)
    this.#database.prepare('DELETE FROM sources WHERE id = ?').run(id)
  }

  #row(id: number): Row {
    const row = this.#database.prepare<[number], Row>('SELECT * FROM sources WHERE id = ?').get(id)
    if (!row) throw notFound(String(id))
    return row
  }

  #refuseTaken(name: string, own: number | null): void {
    const taken = this.#database
      .prepare<[string], { id: number }>('SELECT id FROM sources WHERE name = ? COLLATE NOCASE')
      .get(name)
    if (!taken || taken.id === own) return
    throw new LeptonError('INPUT_INVALID', {
      expected: 'a name of its own',
      received: name,
      remedy: 'Another source has this name.',
    })
  }
}

const takesSecret = (place: SourcePlace) => place.kind === 'dicomweb' && place.auth.kind !== 'none'

const secretOf = ({ place, secret }: SourceDraft) => (takesSecret(place) ? (secret ?? null) : null)

/** Who would get to know a secret, and as what. */
const audience = (place: SourcePlace) =>
  place.kind === 'dicomweb' ? JSON.stringify([new URL(place.url).origin, place.auth, place.certificate]) : ''

const told = ({ id, name, place, secret }: Row): Source => ({
  id,
  name,
  place: sourcePlace.parse(JSON.parse(place)),
  secretKept: secret !== null,
})

const notFound = (received: string) =>
  new LeptonError('NOT_FOUND', {
    expected: 'a source of this library',
    received,
    remedy: 'See the list of sources.',
  })
