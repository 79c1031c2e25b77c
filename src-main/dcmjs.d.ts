/** The part of dcmjs that objects are written with; the package brings no types. */
declare module 'dcmjs' {
  type Single = string | number | ArrayBuffer | Naturalized
  /** Attributes by their keywords in PS3.6; `_vrMap` settles those that have several value representations. */
  interface Naturalized {
    [keyword: string]: Single | readonly (string | number | Naturalized)[] | Record<string, string>
  }
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
