import { expect, it } from 'vitest'
import { byTask } from './task-order'

it('puts what says where before what only says what, and leaves out what needs to be asked for', () => {
  const tasks = [
    'embedding',
    'multi-label',
    'classification',
    'promptable-segmentation',
    'detection',
  ] as const
  const models = [...tasks, 'segmentation' as const].map((task) => ({ task }))
  expect(byTask(models).map(({ task }) => task)).toEqual([
    'segmentation',
    'detection',
    'classification',
    'multi-label',
  ])
})
