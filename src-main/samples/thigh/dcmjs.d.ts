/** The part of dcmjs that the phantoms write with; the package brings no types. */
declare module 'dcmjs' {
  type Value = string | number | ArrayBuffer | readonly (string | number)[]
  type Naturalized = Record<string, Value | Record<string, string>>
  interface Denaturalized {
    [tag: string]: { vr: string; Value: unknown[] }
  }
  export const data: {
    DicomDict: new (
      meta: Denaturalized,
    ) => {
      dict: Denaturalized
      write(): ArrayBuffer
    }
    DicomMetaDictionary: {
      denaturalizeDataset(dataset: Naturalized): Denaturalized
    }
  }
}
