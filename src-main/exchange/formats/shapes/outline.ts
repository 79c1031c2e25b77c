export { outlineOf } from '#shared/geometry/shapes/outline'
