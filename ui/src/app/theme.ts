import {
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Paper,
  Select,
  Tabs,
} from '@mantine/core'

/** The one accent: the green of an old lacquered desk. Status colours always come with a word and a shape. */
const desk: MantineColorsTuple = [
  '#eef7f6',
  '#dcebea',
  '#b5d6d4',
  '#8bc0bd',
  '#67aca9',
  '#429491',
  '#25807d',
  '#0e6a6a',
  '#0e5a5e',
  '#08474b',
]

/** A dialog's head is no banner of the page, though Mantine draws it as <header>. */
const dialogHead = { header: { role: 'presentation' } }

export const theme = createTheme({
  primaryColor: 'desk',
  primaryShade: 8,
  colors: { desk },
  fontFamily: '"Be Vietnam Pro", "Segoe UI", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  // Vietnamese carries two marks on one letter: below 1.5 they touch the line above.
  lineHeights: { xs: '1.5', sm: '1.55', md: '1.6', lg: '1.6', xl: '1.6' },
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.95rem', lg: '1.1rem', xl: '1.3rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.4' },
      h2: { fontSize: '1.15rem', lineHeight: '1.45' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { root: { textTransform: 'none', fontWeight: 500, letterSpacing: 0 } },
    }),
    // A line height of 1 would cut the marks off: Ễ, Ộ.
    Button: Button.extend({ styles: { root: { fontWeight: 500 }, label: { lineHeight: 1.45 } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes: dialogHead } }),
    // What it would put first into a menu is no item of it (axe: aria-required-children).
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { attributes: dialogHead } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'md' } }),
    // The list itself scrolls: a frame around it would scroll and could not be focused (axe: scrollable-region-focusable).
    Select: Select.extend({
      defaultProps: { withScrollArea: false },
      styles: { options: { maxHeight: '17rem', overflowY: 'auto' } },
    }),
    Tabs: Tabs.extend({ styles: { tab: { fontWeight: 500 } } }),
  },
})

/** Mantine's greys, yellows, reds and greens are too pale to be read as words: ours keep 4.5 : 1 (WCAG 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: {},
  light: {
    '--mantine-color-dimmed': '#566166',
    '--mantine-color-placeholder': '#697378',
    '--mantine-color-error': '#a3231b',
    '--mantine-color-yellow-light': '#fdf3dc',
    '--mantine-color-yellow-light-color': '#7d5200',
    '--mantine-color-red-light': '#fbeceb',
    '--mantine-color-red-light-color': '#a3231b',
    '--mantine-color-green-light': '#e9f5ec',
    '--mantine-color-green-light-color': '#1e6430',
    '--mantine-color-gray-light-color': '#3b4448',
  },
})
