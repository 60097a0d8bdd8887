/**
 * Every icon of the application as SVG with the size and the place of its picture.
 *
 * Invariant: all pictures come from resources/icon.svg and the state shapes, and nothing else
 * says which files there are.
 */
import { SHAPE_BOX, STATE_SHAPES } from "../shared/contract/state-shapes.ts";
import { State } from "../shared/contract/views.ts";

/** One file to write: square, `size` pixels wide, at `path` below the project. */
interface Picture {
  readonly path: string;
  readonly size: number;
  readonly svg: string;
}

/** What the desktops of Linux look for in /usr/share/icons. */
const APPLICATION_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512];

/**
 * Pixels by the end of the file's name. Windows shows 16 pixels, scaled with the screen, and
 * picks the file whose suffix fits; the panels of Linux are 22 or 24 pixels high inside; macOS
 * draws 16 points.
 */
const TRAY_SIZES: Readonly<Record<string, number>> = { "": 16, "@1.25x": 20, "@1.5x": 24, "@2x": 32 };
const PANEL_SIZES: Readonly<Record<string, number>> = { Panel: 24, "Panel@2x": 48 };
const TEMPLATE_SIZES: Readonly<Record<string, number>> = { Template: 16, "Template@2x": 32 };

/** Dark enough for a light panel, with an edge for a dark one. */
const CHIP = { fill: "#162027", edge: "#8c99a3" };
/** As in the window's dark theme: at least 4.5 to 1 on the chip. */
const COLORS: Readonly<Record<State, string>> = {
  donating: "#69cf8b",
  holding: "#4fc4ce",
  finishing: "#4fc4ce",
  suspended: "#f0b429",
  off: "#e4e9ed",
};

/** All of them; `brand` is the text of resources/icon.svg. */
export function iconPictures(brand: string): readonly Picture[] {
  const application = APPLICATION_SIZES.map((size) => ({
    path: `resources/icons/${size}x${size}.png`,
    size,
    svg: brand,
  }));
  return [
    { path: "resources/icon.png", size: 1024, svg: brand },
    { path: "resources/icon-mac.png", size: 1024, svg: withMargin(brand) },
    ...application,
    ...State.options.flatMap((state) => [
      ...series(state, TRAY_SIZES, trayIcon(state)),
      ...series(state, PANEL_SIZES, trayIcon(state)),
      ...series(state, TEMPLATE_SIZES, templateIcon(state)),
    ]),
  ];
}

function series(state: State, sizes: Readonly<Record<string, number>>, svg: string): readonly Picture[] {
  return Object.entries(sizes).map(([end, size]) => ({ path: `resources/tray/${state}${end}.png`, size, svg }));
}

/** A Mac's icon stands on a grid of 1024 units and fills 824 of them; the others fill their square. */
function withMargin(brand: string): string {
  const inner = brand.replace("<svg ", '<svg x="100" y="100" width="824" height="824" ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024">${inner}</svg>`;
}

/** A coloured shape on a dark chip, which brings its own background to panels of any colour. */
function trayIcon(state: State): string {
  // The sides of the shapes then fall on whole pixels of the smallest picture.
  const scale = 0.8;
  const offset = (SHAPE_BOX * (1 - scale)) / 2;
  return box(
    `<rect x="0.25" y="0.25" width="15.5" height="15.5" rx="4" fill="${CHIP.fill}" stroke="${CHIP.edge}" stroke-width="0.5" />` +
      `<path transform="translate(${offset} ${offset}) scale(${scale})" fill="${COLORS[state]}" d="${STATE_SHAPES[state]}" />`,
  );
}

/** Black and transparent only: macOS gives it the menu bar's colour. */
function templateIcon(state: State): string {
  return box(`<path fill="#000" d="${STATE_SHAPES[state]}" />`);
}

function box(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHAPE_BOX} ${SHAPE_BOX}">${content}</svg>`;
}
