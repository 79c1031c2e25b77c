import { z } from 'zod'

/** Run lengths of a mask as the findings table keeps them. */
export const storedRuns = z.array(z.number().int().nonnegative())
