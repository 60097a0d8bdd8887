/** How the interface looks: one accent, neutral surfaces, and contrast of at least 4.5:1 in both themes. */
import {
  createTheme,
  Drawer,
  Menu,
  Modal,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

declare module "react" {
  /** Custom properties may be set where any property may. */
  interface CSSProperties {
    readonly [variable: `--${string}`]: string | number;
  }
}

/** The accent, between teal and cyan. */
const tide: MantineColorsTuple = [
  "#e4f7f8",
  "#c9eef0",
  "#98dee3",
  "#62ccd4",
  "#36bac5",
  "#1a9fab",
  "#0d8794",
  "#0b7480",
  "#0a616b",
  "#074c54",
];

const dark: MantineColorsTuple = [
  "#e4e9ed",
  "#c0c9d0",
  "#9ba7b1",
  "#76838e",
  "#3d4852",
  "#2c363f",
  "#212a32",
  "#182027",
  "#11171d",
  "#0b1014",
];

const gray: MantineColorsTuple = [
  "#f6f8f9",
  "#eef2f4",
  "#e3e8eb",
  "#d3dade",
  "#bcc6cc",
  "#9aa7af",
  "#66757e",
  "#4b5861",
  "#323d45",
  "#1b242b",
];

const SANS = '"Inter Variable", "Inter", "Segoe UI", "Noto Sans", "Cantarell", "Ubuntu", system-ui, sans-serif';
const MONO = '"JetBrains Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", ui-monospace, monospace';

export const theme = createTheme({
  primaryColor: "tide",
  colors: { tide, dark, gray },
  primaryShade: 7,
  autoContrast: true,
  black: "#162027",
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  headings: {
    fontFamily: SANS,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  components: {
    // A dialogue's head is an HTML header: without this it would be a second banner of the page.
    Drawer: Drawer.extend({
      defaultProps: { attributes: { header: { role: "none" } } },
      styles: { title: { fontWeight: 650 } },
    }),
    Modal: Modal.extend({
      defaultProps: { attributes: { header: { role: "none" } } },
      styles: { title: { fontWeight: 650 } },
    }),
    // A menu holds menu items only; its first one takes the focus.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } }),
  },
});

/** Surfaces and words of our own; `--grid-*` is what our style sheets use. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": "#55636c",
    "--mantine-color-placeholder": "#66757e",
    "--mantine-color-error": "#c0262d",
    "--mantine-color-anchor": "#0a616b",
    "--grid-ground": "#f3f6f7",
    "--grid-surface": "#ffffff",
    "--grid-sunken": "#f6f8f9",
    "--grid-line": "#dfe5e8",
    "--grid-accent": "#0b7480",
    "--grid-accent-soft": "#e4f7f8",
    "--grid-good": "#1f7a3d",
    "--grid-good-soft": "#e5f5ea",
    "--grid-warn": "#8a5300",
    "--grid-warn-soft": "#fdf1dc",
    "--grid-bad": "#b3232a",
    "--grid-bad-soft": "#fdecec",
    "--grid-quiet": "#55636c",
    "--grid-quiet-soft": "#eef2f4",
  },
  dark: {
    "--mantine-color-body": "#182027",
    "--mantine-color-text": "#e4e9ed",
    "--mantine-color-dimmed": "#a3b0b9",
    "--mantine-color-placeholder": "#8c99a3",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-anchor": "#62ccd4",
    "--grid-ground": "#10161b",
    "--grid-surface": "#182027",
    "--grid-sunken": "#12191f",
    "--grid-line": "#2a343d",
    "--grid-accent": "#4fc4ce",
    "--grid-accent-soft": "#123138",
    "--grid-good": "#69cf8b",
    "--grid-good-soft": "#14301f",
    "--grid-warn": "#f0b429",
    "--grid-warn-soft": "#372a10",
    "--grid-bad": "#ff8f8f",
    "--grid-bad-soft": "#3a1a1d",
    "--grid-quiet": "#a3b0b9",
    "--grid-quiet-soft": "#212a32",
  },
});
