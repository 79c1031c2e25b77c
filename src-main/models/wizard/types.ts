import type { DraftManifest, DraftPreview, Guess, OnnxFacts, OnnxSource } from '#shared/contract/model-wizard'
import type { ModelTask } from '#shared/domain/model-manifest/index'

/** The way from an ONNX file to an installed package, in steps that a person looks at. */
export interface ModelWizard {
  /** @throws MODEL_INVALID, FILE_NOT_FOUND, NOT_FOUND for an upload that is not there */
  inspect(source: OnnxSource): Promise<{ draft: string; name: string; onnx: OnnxFacts }>
  /** @throws MODEL_INVALID where nothing can be proposed, NOT_FOUND for a draft that is gone */
  propose(draft: string, task: ModelTask | null): Promise<{ manifest: DraftManifest; guesses: Guess[] }>
  /** @throws MODEL_INVALID where manifest and network do not match, and whatever scoring the image says */
  preview(draft: string, manifest: DraftManifest, imageId: number): Promise<DraftPreview>
  /** @throws as `preview` and `Models.add` do */
  write(
    draft: string,
    manifest: DraftManifest,
    options: { card?: string | undefined; activate: boolean },
  ): Promise<{ id: string; version: string }>
  discard(draft: string): Promise<boolean>
}
