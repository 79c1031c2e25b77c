import type { LessonPlan, LessonRequest } from '#shared/contract/teaching'
import type { ModelName } from './model-name'

/** Classifiers made from data sets, without leaving the app. */
export interface Teaching {
  /** What can be taught from a version. @throws NOT_FOUND, MODEL_NOT_FOUND where no model for similarity is there */
  plan(dataSetId: number, version: number): Promise<LessonPlan>
  /**
   * Starts the job `teach` and says by what name the model will be installed.
   * @throws INPUT_INVALID where the version has too little to tell apart, NOT_FOUND, MODEL_NOT_FOUND,
   * MODEL_DOES_NOT_FIT for a base that gives no vector
   */
  start(request: LessonRequest): Promise<{ jobId: number; model: ModelName }>
}
