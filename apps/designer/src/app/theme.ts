import { Button, createTheme, defaultCssVariablesResolver } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** The accent. Shade 7 carries white text at 6.9:1; shade 3 is the text on dark grounds. */
const iris: MantineColorsTuple = [
  '#f2f1fe',
  '#e3e1fb',
  '#c8c4f6',
  '#b3adf5',
  '#8f87ec',
  '#7167e2',
  '#5a50d6',
  '#4f46c8',
  '#413aa8',
  '#332e85',
];
/** Dark grounds with a breath of blue; 7 is the page. */
const dark: MantineColorsTuple = [
  '#e6e8ec',
  '#c3c7cf',
  '#9ea4af',
  '#7b828e',
  '#3c414b',
  '#2b2f37',
  '#20242b',
  '#15181d',
  '#101216',
  '#0b0c0f',
];
const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f1f3f6',
  '#e6e9ee',
  '#d8dce3',
  '#c5cad4',
  '#9aa1ae',
  '#737b8a',
  '#565e6c',
  '#363c47',
  '#1c2027',
];

/** System fonts, small radii, one accent. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, dark, gray },
  fontFamily:
    "Inter, 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono', 'SF Mono', ui-monospace, 'Cascadia Code', Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '12px', sm: '13.5px', md: '15px', lg: '17px', xl: '20px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '21px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
  },
});

/** Mantine's gray texts and errors miss 4.5:1 on our grounds; these do not. */
export const cssVariablesResolver: CSSVariablesResolver = (base) => {
  const variables = defaultCssVariablesResolver(base);
  return {
    variables: variables.variables,
    light: {
      ...variables.light,
      '--mantine-color-body': '#ffffff',
      '--mantine-color-text': '#1c2027',
      '--mantine-color-dimmed': '#5b6371',
      '--mantine-color-placeholder': '#69717f',
      '--mantine-color-error': '#b42318',
      '--mantine-color-default-border': '#d3d8e0',
      '--mantine-color-anchor': '#4f46c8',
    },
    dark: {
      ...variables.dark,
      '--mantine-color-body': '#15181d',
      '--mantine-color-text': '#dfe2e8',
      '--mantine-color-dimmed': '#9ea4af',
      '--mantine-color-placeholder': '#8b929e',
      '--mantine-color-error': '#ff9a8f',
      '--mantine-color-default': '#1b1f25',
      '--mantine-color-default-hover': '#242931',
      '--mantine-color-default-border': '#343a44',
      '--mantine-color-anchor': '#b3adf5',
    },
  };
};
