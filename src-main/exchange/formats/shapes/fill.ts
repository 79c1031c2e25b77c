export { fillParts } from '#shared/geometry/shapes/fill'
