import { LeptonError } from '#shared/domain/fault'

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const unreachable: Record<string, [received: string, remedy: string]> = {
  ENOTFOUND: ['no computer of this name is known', 'Check how the host is spelled.'],
  EAI_AGAIN: [
    'the name cannot be looked up now',
    'Check the network connection and how the host is spelled.',
  ],
  ECONNREFUSED: ['nothing listens on this port', 'Check the port, and whether the archive is running.'],
  EHOSTUNREACH: ['there is no way to this computer', 'Check the address and the network connection.'],
  ENETUNREACH: ['there is no way to this network', 'Check the network connection.'],
  EADDRNOTAVAIL: ['there is no way to this address', 'Check the address.'],
  ETIMEDOUT: [
    'no answer to the attempt to connect',
    'Check the address, and whether a firewall is in the way.',
  ],
  ECONNRESET: ['the connection was broken', 'Check whether the archive is running, then try again.'],
  EPIPE: ['the connection was broken', 'Check whether the archive is running, then try again.'],
}

const certificateCodes =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|CRL_|INVALID_CA|HOSTNAME_MISMATCH|ERR_OSSL_PEM|ERR_SSL_TLSV\d+_ALERT_UNKNOWN_CA)/

/** What went wrong on the network, told plainly. `place` is `host:port`; coded errors pass as they are. */
export function networkFault(error: unknown, place: string): LeptonError {
  if (error instanceof LeptonError) return error
  if (error instanceof AggregateError && error.errors[0]) return networkFault(error.errors[0], place)
  const code = codeOf(error)
  const known = unreachable[code]
  if (known) {
    const [received, remedy] = known
    return new LeptonError('SOURCE_UNREACHABLE', { received: `${place}: ${received}`, remedy, cause: error })
  }
  if (certificateCodes.test(code)) {
    return new LeptonError('SOURCE_UNTRUSTED', {
      expected: 'a certificate that a known authority vouches for, made out to this host',
      received: `${place}: ${error instanceof Error ? error.message : code}`,
      remedy: 'Give the certificate of the authority that signed it with the connection, or have it renewed.',
      cause: error,
    })
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return new LeptonError('SOURCE_ANSWER_INVALID', {
      expected: 'an encrypted connection (TLS)',
      received: `${place} does not speak it`,
      remedy: 'Check the port; if the archive does not encrypt, connect without TLS (http://).',
      cause: error,
    })
  }
  if (code.startsWith('HPE_')) {
    return new LeptonError('SOURCE_ANSWER_INVALID', {
      expected: 'a web server (HTTP)',
      received: `${place} answers in another protocol`,
      remedy: 'Check the port: it may be the DIMSE port of the archive, or one that asks for https://.',
      cause: error,
    })
  }
  return new LeptonError('SOURCE_UNREACHABLE', {
    received: `${place}: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'Check the address and the network connection.',
    cause: error,
  })
}

/** No answer within the time given to it. */
export const timedOut = (place: string, seconds: number) =>
  new LeptonError('SOURCE_TIMEOUT', {
    expected: `an answer within ${seconds} s`,
    received: `${place}: none`,
    remedy: 'Check whether a firewall is in the way or the archive is busy, then try again.',
  })

/** Why a signal ended the work: its own reason, the time it was given, or the person. */
export function abortFault({ reason }: AbortSignal, place: string): LeptonError {
  if (reason instanceof LeptonError) return reason
  if (reason instanceof DOMException && reason.name === 'TimeoutError') {
    return new LeptonError('SOURCE_TIMEOUT', {
      expected: 'a whole answer in time',
      received: `${place}: none`,
      remedy: 'Ask for less, or try again when the archive is less busy.',
    })
  }
  return new LeptonError('CANCELLED')
}
