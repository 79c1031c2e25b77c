import { describe, expect, it } from 'vitest'
import { directionLetters, edgeLetters } from './orientation'
import { flippedHorizontally, initialView, rotatedClockwise, upright } from './view-state'

const axial = [1, 0, 0, 0, 1, 0]

describe('orientation letters', () => {
  it('shows the patient’s right on the left of an axial slice', () => {
    expect(edgeLetters(axial, upright)).toEqual({ top: 'A', right: 'L', bottom: 'P', left: 'R' })
  })

  it('follows a coronal and a sagittal plane', () => {
    expect(edgeLetters([1, 0, 0, 0, 0, -1], upright)).toEqual({
      top: 'H',
      right: 'L',
      bottom: 'F',
      left: 'R',
    })
    expect(edgeLetters([0, 1, 0, 0, 0, -1], upright)).toEqual({
      top: 'H',
      right: 'P',
      bottom: 'F',
      left: 'A',
    })
  })

  it('moves with rotation and flip', () => {
    const turned = rotatedClockwise(initialView).orientation
    expect(edgeLetters(axial, turned)).toEqual({ top: 'R', right: 'A', bottom: 'L', left: 'P' })
    const flipped = flippedHorizontally(initialView).orientation
    expect(edgeLetters(axial, flipped)).toEqual({ top: 'A', right: 'R', bottom: 'P', left: 'L' })
  })

  it('names oblique directions strongest first', () => {
    expect(directionLetters([0.5, -0.84, 0.21])).toBe('ALH')
    expect(directionLetters([0.99, 0.1, 0.05])).toBe('L')
  })
})
