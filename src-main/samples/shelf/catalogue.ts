/** Forms of packages. */
export type Form = 'box' | 'can' | 'bottle' | 'pouch'
/** What is painted on the front. */
export type Motif = 'sun' | 'waves' | 'leaf' | 'hills' | 'rings' | 'stripes'

/** A product of the invented assortment: sizes in centimetres, colours as CSS. */
export interface Product {
  sku: string
  brand: string
  variety: string
  form: Form
  width: number
  height: number
  depth: number
  ground: string
  accent: string
  ink: string
  motif: Motif
}

const product = (
  sku: string,
  names: readonly [brand: string, variety: string],
  form: Form,
  size: readonly [width: number, height: number, depth: number],
  colours: readonly [ground: string, accent: string, ink: string],
  motif: Motif,
): Product => ({
  sku,
  brand: names[0],
  variety: names[1],
  form,
  width: size[0],
  height: size[1],
  depth: size[2],
  ground: colours[0],
  accent: colours[1],
  ink: colours[2],
  motif,
})

/** Brands that nobody sells, named after particles. */
export const catalogue: readonly Product[] = [
  product(
    'MUONELLA-OATS',
    ['MUONELLA', 'OATS'],
    'box',
    [19, 27, 7],
    ['#d9a441', '#7a3b12', '#fff6e0'],
    'sun',
  ),
  product(
    'MUONELLA-COCOA',
    ['MUONELLA', 'COCOA'],
    'box',
    [19, 27, 7],
    ['#5b2d1c', '#d98f4a', '#fff0dc'],
    'hills',
  ),
  product(
    'TAUMIX-CRISP',
    ['TAUMIX', 'CRISP'],
    'box',
    [17, 24, 6],
    ['#c63a35', '#f4d35e', '#ffffff'],
    'rings',
  ),
  product(
    'HADRONA-TEA',
    ['HADRONA', 'GREEN TEA'],
    'box',
    [13, 8, 7],
    ['#3f7d4e', '#cfe3a1', '#fdfbe8'],
    'leaf',
  ),
  product(
    'HADRONA-MINT',
    ['HADRONA', 'MINT TEA'],
    'box',
    [13, 8, 7],
    ['#2c8c99', '#d6f2e6', '#ffffff'],
    'leaf',
  ),
  product(
    'BOSONADE-LEMON',
    ['BOSONADE', 'LEMON'],
    'bottle',
    [7, 27, 7],
    ['#e8d44d', '#2f6b3a', '#1e3a22'],
    'sun',
  ),
  product(
    'BOSONADE-BERRY',
    ['BOSONADE', 'BERRY'],
    'bottle',
    [7, 27, 7],
    ['#8e2f62', '#f3c6d8', '#ffffff'],
    'waves',
  ),
  product(
    'AXIONADE-COLA',
    ['AXIONADE', 'DARK'],
    'bottle',
    [8, 30, 8],
    ['#33201a', '#cf3b2f', '#ffffff'],
    'stripes',
  ),
  product(
    'GLUONIO-BEANS',
    ['GLUONIO', 'BEANS'],
    'can',
    [7.6, 11, 7.6],
    ['#2f5fa8', '#e9b44c', '#ffffff'],
    'hills',
  ),
  product(
    'GLUONIO-CORN',
    ['GLUONIO', 'CORN'],
    'can',
    [7.6, 11, 7.6],
    ['#e6c229', '#2d6a3e', '#1f3322'],
    'sun',
  ),
  product(
    'GLUONIO-TOMATO',
    ['GLUONIO', 'TOMATO'],
    'can',
    [7.6, 11, 7.6],
    ['#b8322a', '#f0e3c0', '#fff8ea'],
    'rings',
  ),
  product(
    'KAONKO-SPRITZ',
    ['KAONKO', 'SPRITZ'],
    'can',
    [6.6, 12.5, 6.6],
    ['#d8dfe6', '#e4572e', '#27313c'],
    'waves',
  ),
  product(
    'PIONUT-SALT',
    ['PIONUT', 'SALTED'],
    'pouch',
    [16, 22, 6],
    ['#2b4c7e', '#f0c85a', '#ffffff'],
    'waves',
  ),
  product(
    'PIONUT-CHILI',
    ['PIONUT', 'CHILI'],
    'pouch',
    [16, 22, 6],
    ['#a4243b', '#f2a65a', '#ffffff'],
    'rings',
  ),
  product(
    'UPSILO-RICE',
    ['UPSILO', 'RICE'],
    'pouch',
    [15, 20, 6],
    ['#e9e4d4', '#4f7d3a', '#3a3a2c'],
    'hills',
  ),
  product(
    'UPSILO-LENTIL',
    ['UPSILO', 'LENTILS'],
    'pouch',
    [15, 20, 6],
    ['#c9713d', '#f1e0c5', '#3b1f10'],
    'stripes',
  ),
  product(
    'LEPTINA-WASH',
    ['LEPTINA', 'WASH'],
    'bottle',
    [11, 25, 9],
    ['#4f79c7', '#e7f0ff', '#ffffff'],
    'rings',
  ),
  product(
    'QUARKO-BISCUIT',
    ['QUARKO', 'BISCUITS'],
    'box',
    [22, 10, 6],
    ['#6a4c93', '#f7c8e0', '#ffffff'],
    'stripes',
  ),
]
