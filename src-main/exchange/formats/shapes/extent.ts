export { cornersOf, extentOf, turned } from '#shared/geometry/shapes/extent'
