/** The address of a picture in the viewer. */
export const viewerLink = ({
  studyId,
  seriesId,
  ordinal,
}: {
  studyId: number
  seriesId: number
  ordinal: number
}) => `/study/${studyId}?series=${seriesId}&image=${ordinal}`
