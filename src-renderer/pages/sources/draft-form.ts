import { type Source, type SourceDraft, sourceDraft, type WebAuth } from '#shared/domain/source'

/** The fields of the dialog as they are typed. */
export interface DraftForm {
  name: string
  kind: 'dicomweb' | 'dimse'
  url: string
  auth: WebAuth['kind']
  user: string
  header: string
  secret: string
  host: string
  port: string
  calledAe: string
  callingAe: string
  retrieve: 'get' | 'move'
  secure: boolean
  certificate: string
}

const empty: DraftForm = {
  name: '',
  kind: 'dicomweb',
  url: '',
  auth: 'none',
  user: '',
  header: '',
  secret: '',
  host: '',
  port: '104',
  calledAe: '',
  callingAe: 'LEPTON',
  retrieve: 'get',
  secure: false,
  certificate: '',
}

export function formOf(source: Source | null): DraftForm {
  if (!source) return empty
  const { name, place } = source
  const common = { ...empty, name, kind: place.kind, certificate: place.certificate ?? '' }
  if (place.kind === 'dimse') {
    const { host, port, calledAe, callingAe, retrieve, secure } = place
    return { ...common, host, port: String(port), calledAe, callingAe, retrieve, secure }
  }
  const { url, auth } = place
  return {
    ...common,
    url,
    auth: auth.kind,
    user: auth.kind === 'basic' ? auth.user : '',
    header: auth.kind === 'header' ? auth.name : '',
  }
}

/** The draft, or the fields that do not hold what they should. */
export function draftOf(form: DraftForm): { draft: SourceDraft } | { wrong: ReadonlySet<string> } {
  const certificate = form.certificate.trim() || null
  const place =
    form.kind === 'dimse'
      ? {
          kind: 'dimse',
          host: form.host,
          port: Number(form.port),
          calledAe: form.calledAe,
          callingAe: form.callingAe,
          retrieve: form.retrieve,
          secure: form.secure,
          certificate: form.secure ? certificate : null,
        }
      : { kind: 'dicomweb', url: form.url.trim(), auth: authOf(form), certificate }
  const parsed = sourceDraft.safeParse({ name: form.name, place, secret: form.secret || undefined })
  if (parsed.success) return { draft: parsed.data }
  return { wrong: new Set(parsed.error.issues.map(({ path }) => fieldOf(path.map(String)))) }
}

function authOf({ auth, user, header }: DraftForm) {
  if (auth === 'basic') return { kind: auth, user }
  return auth === 'header' ? { kind: auth, name: header } : { kind: auth }
}

/** `place.auth.name` is the name of a header field, `name` that of the archive. */
const fieldOf = (path: readonly string[]) =>
  path.includes('auth') && path.at(-1) === 'name' ? 'header' : (path.at(-1) ?? '')
