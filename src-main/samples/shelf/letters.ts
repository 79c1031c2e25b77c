/** Strokes on a grid 4 wide and 6 high, y down: pairs of digits are points, `|` lifts the pen. Drawn for this project. */
const strokes: Record<string, string> = {
  A: '06 02 20 42 46|04 44',
  B: '00 06 36 45 44 33 03|33 42 41 30 00',
  C: '41 30 10 01 05 16 36 45',
  D: '00 06 26 44 42 20 00',
  E: '40 00 06 46|03 33',
  F: '40 00 06|03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06|40 46|03 43',
  I: '20 26',
  J: '40 45 36 16 05',
  K: '00 06|40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '10 30 41 45 36 16 05 01 10',
  P: '06 00 30 41 42 33 03',
  Q: '10 30 41 45 36 16 05 01 10|24 46',
  R: '06 00 30 41 42 33 03|23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  V: '00 26 40',
  W: '00 16 23 36 40',
  X: '00 46|40 06',
  Y: '00 23 40|23 26',
  Z: '00 40 06 46',
  0: '10 30 41 45 36 16 05 01 10',
  1: '11 20 26',
  2: '01 10 30 41 42 06 46',
  3: '01 10 30 41 42 33 44 45 36 16 05|13 33',
  4: '36 30 04 44',
  5: '40 00 03 33 44 45 36 16 05',
  6: '40 20 02 05 16 36 45 44 33 03',
  7: '00 40 16',
  8: '10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33',
  9: '06 26 44 41 30 10 01 02 13 43',
  '.': '25 26',
}
const advance = 5.4

/** A pen stroke: points with x from 0 to 1 along the word and y from 0 (top) to 1 (foot). */
export type Stroke = [number, number][]

/** The strokes of a word in capitals; what the alphabet lacks becomes a space. */
export function strokesOf(word: string): Stroke[] {
  const length = word.length * advance - (advance - 4)
  return [...word.toUpperCase()].flatMap((letter, place) =>
    (strokes[letter] ?? '')
      .split('|')
      .filter((stroke) => stroke !== '')
      .map((stroke) =>
        stroke.split(' ').map((point): [number, number] => {
          const x = Number(point[0]) + place * advance
          return [x / length, Number(point[1]) / 6]
        }),
      ),
  )
}

/** Width of a word over its height. */
export function wordAspect(word: string): number {
  return (word.length * advance - (advance - 4)) / 6
}
