import { Button, type CSSVariablesResolver, createTheme } from '@mantine/core'

/** Surfaces and text of the reading room, index 0 (text) to 9 (deepest), in Mantine's order for dark colours. */
const dark = [
  '#e6ebf2',
  '#c3ccd8',
  '#8d99aa',
  '#7f8b9c',
  '#2b3542',
  '#222a35',
  '#171d25',
  '#0b0e12',
  '#090b0f',
  '#06080a',
] as const

/** Shade 4 acts in the dark theme, shade 7 in the light one (AA on white). */
const accent = [
  '#e5f6ff',
  '#cdeaff',
  '#a3dcff',
  '#77cfff',
  '#4cc2ff',
  '#2aa7e8',
  '#178cca',
  '#0b6ba8',
  '#08578a',
  '#05436c',
] as const

/** Text on buttons, from the tokens: Mantine computes it for the light theme's shade alone. */
const button = Button.extend({
  vars: (_, { variant = 'filled', color }) => {
    const name = color === 'red' ? 'bad' : 'accent'
    if (variant === 'subtle') return { root: { '--button-color': `var(--${name})` } }
    if (variant !== 'filled') return { root: {} }
    return { root: { '--button-color': `var(--on-${name})`, ...(color === 'red' && redBackground) } }
  },
})

const redBackground = {
  '--button-bg': 'var(--bad)',
  '--button-hover': 'color-mix(in srgb, var(--bad) 88%, var(--text))',
}

export const theme = createTheme({
  components: { Button: button },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  colors: { dark, accent },
  autoContrast: true,
  luminanceThreshold: 0.35,
  black: '#141a22',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.6875rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.0625rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Mantine's surfaces from the same tokens as the app's own (theme.css). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: surfaces,
  light: surfaces,
})

const surfaces = {
  '--mantine-color-body': 'var(--background)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
}
