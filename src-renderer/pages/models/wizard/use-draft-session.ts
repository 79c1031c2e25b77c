import { useMutation } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { client } from '#renderer/app/api'
import type { Intake } from '#renderer/app/intake/intake'
import type { Guess, OnnxFacts } from '#shared/contract/model-wizard'
import type { ModelTask } from '#shared/domain/model-manifest/index'
import { packageSource } from '../package-source'
import { asJson, type Json, withValue } from './json-path'
import { mergeProposal } from './merge-proposal'

/** An ONNX file that was read, and the manifest under way for it. */
export interface DraftSession {
  draft: string
  /** Of the file. */
  name: string
  onnx: OnnxFacts
  values: Json
  guesses: readonly Guess[]
}

/** The way of a draft: a file is read, a manifest proposed, changed by hand or proposed anew for another task. */
export function useDraftSession() {
  const [session, setSession] = useState<DraftSession | null>(null)
  const open = useMutation({
    mutationFn: async (intake: Intake) => {
      const source = await packageSource(intake)
      if (!source) return null
      const file = await client.models.wizard.inspect({ source })
      const { manifest, guesses } = await client.models.wizard.propose({ draft: file.draft })
      return { ...file, values: asJson(manifest), guesses }
    },
    onSuccess: setSession,
  })
  const propose = useMutation({
    mutationFn: (wanted: { draft: string; task: ModelTask }) => client.models.wizard.propose(wanted),
    onSuccess: ({ manifest, guesses }) =>
      setSession((now) => now && { ...now, guesses, values: mergeProposal(asJson(manifest), now.values) }),
  })
  const replace = useCallback((values: Json) => setSession((now) => now && { ...now, values }), [])
  const set = useCallback(
    (path: string, value: Json | undefined) =>
      setSession((now) => now && { ...now, values: withValue(now.values, path, value) }),
    [],
  )
  const startAgain = () => {
    if (session) void client.models.wizard.discard({ draft: session.draft }).catch(() => {})
    setSession(null)
    open.reset()
  }
  return { session, open, propose, set, replace, startAgain }
}
