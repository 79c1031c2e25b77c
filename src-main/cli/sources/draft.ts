import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { LeptonError } from '#shared/domain/fault'
import { type SourceDraft, sourceDraft } from '#shared/domain/source'

export interface DraftOptions {
  url?: string
  user?: string
  bearer?: boolean
  header?: string
  secretStdin?: boolean
  host?: string
  port?: string
  ae?: string
  ourAe: string
  move?: boolean
  tls?: boolean
  ca?: string
}

/** Holds the secret where it must not stand on the command line, which other users of the computer can read. */
const SECRET = 'LEPTON_SOURCE_SECRET'

/** A source as the options tell it. @throws INPUT_INVALID */
export async function draftOf(name: string, options: DraftOptions): Promise<SourceDraft> {
  if ((options.url === undefined) === (options.host === undefined)) {
    throw new LeptonError('INPUT_INVALID', {
      expected: '--url, or --host with --port and --ae',
      received: 'neither or both',
    })
  }
  const certificate = options.ca === undefined ? null : await readCertificate(options.ca)
  const auth = authOf(options)
  const place =
    options.url === undefined
      ? {
          kind: 'dimse',
          host: options.host,
          port: Number(options.port),
          calledAe: options.ae,
          callingAe: options.ourAe,
          retrieve: options.move ? 'move' : 'get',
          secure: options.tls ?? false,
          certificate,
        }
      : { kind: 'dicomweb', url: options.url, auth, certificate }
  const secret = auth.kind === 'none' ? undefined : await secretOf(options)
  const parsed = sourceDraft.safeParse({ name, place, secret })
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.at(-1)).join(', ')
  throw new LeptonError('INPUT_INVALID', {
    expected: 'valid values; see lepton sources add --help',
    received: `invalid: ${fields}`,
  })
}

function authOf({ user, bearer, header }: DraftOptions) {
  if (user !== undefined) return { kind: 'basic', user } as const
  if (bearer) return { kind: 'bearer' } as const
  return header === undefined ? ({ kind: 'none' } as const) : ({ kind: 'header', name: header } as const)
}

async function secretOf({ secretStdin }: DraftOptions): Promise<string> {
  const secret = secretStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : process.env[SECRET]
  if (secret) return secret
  throw new LeptonError('INPUT_INVALID', {
    expected: `the password, token or value in ${SECRET}, or on standard input with --secret-stdin`,
    received: 'none',
  })
}

const readCertificate = (path: string) =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LeptonError('FILE_NOT_FOUND', { expected: 'a certificate in PEM', received: path, cause })
  })
