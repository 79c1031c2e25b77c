import type { ModelManifest, ModelTask } from '#shared/domain/model-manifest/index'

/**
 * Which task goes first where several active models fit an image: what says where and what goes before what
 * only says what. Embeddings and models that need clicks are never chosen by themselves.
 */
const order: readonly ModelTask[] = ['segmentation', 'detection', 'classification', 'multi-label']

/** The models that may be chosen without being asked for, in the order of their tasks, else as they came. */
export function byTask<Model extends Pick<ModelManifest, 'task'>>(models: readonly Model[]): Model[] {
  return models.filter(scoresByItself).sort((a, b) => order.indexOf(a.task) - order.indexOf(b.task))
}

/** Whether scoring may take a model of this task by itself. */
export function scoresByItself({ task }: Pick<ModelManifest, 'task'>): boolean {
  return order.includes(task)
}
