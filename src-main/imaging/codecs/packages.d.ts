/** The codec packages carry no types of their own. */

interface WasmFrameInfo {
  width: number
  height: number
  bitsPerSample: number
  componentCount: number
  isSigned?: boolean
}

interface WasmDecoder {
  /** Memory of the codec to copy the code stream to. */
  getEncodedBuffer(length: number): Uint8Array
  /** Memory of the codec with the result, valid until `delete`. */
  getDecodedBuffer(): Uint8Array
  readHeader?(): void
  decode(): void
  getFrameInfo(): WasmFrameInfo
  /** JPEG-LS: 0 is colour by colour, 1 by line, 2 by pixel. */
  getInterleaveMode?(): number
  delete(): void
}

interface WasmOptions {
  wasmBinary: Uint8Array
  print?: (text: string) => void
  printErr?: (text: string) => void
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export default function create(options: WasmOptions): Promise<{ JpegLSDecoder: new () => WasmDecoder }>
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function create(options: WasmOptions): Promise<{ J2KDecoder: new () => WasmDecoder }>
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export default function create(options: WasmOptions): Promise<{ JPEGDecoder: new () => WasmDecoder }>
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  export default function create(options: WasmOptions): Promise<{ HTJ2KDecoder: new () => WasmDecoder }>
}
declare module '@cornerstonejs/codec-libjxl/decodewasmjs' {
  export default function create(options: WasmOptions): Promise<{ JpegXLDecoder: new () => WasmDecoder }>
}

/** A WebAssembly binary as a data URL, so that bundles need no file beside them. */
declare module '*?url&inline' {
  const dataUrl: string
  export default dataUrl
}

/** Used by tests only, to make what no corpus holds. */
declare module '@cornerstonejs/codec-libjxl/encodewasmjs' {
  interface Encoder {
    getDecodedBuffer(info: WasmFrameInfo): Uint8Array
    setLossless(lossless: boolean): void
    encode(): void
    getEncodedBuffer(): Uint8Array
  }
  export default function create(options: WasmOptions): Promise<{ JpegXLEncoder: new () => Encoder }>
}
