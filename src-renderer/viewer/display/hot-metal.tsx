import { hotMetalFilter, hotMetalTables } from './palette'

/** The filter that colours grey pictures; used where WebGL draws them. */
export function HotMetal() {
  const [red, green, blue] = hotMetalTables
  return (
    <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
      <filter id={hotMetalFilter} colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR type="table" tableValues={red} />
          <feFuncG type="table" tableValues={green} />
          <feFuncB type="table" tableValues={blue} />
        </feComponentTransfer>
      </filter>
    </svg>
  )
}
