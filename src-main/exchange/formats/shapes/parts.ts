export { areaOf, maskOf, partsOf, signedArea } from '#shared/geometry/shapes/parts'
