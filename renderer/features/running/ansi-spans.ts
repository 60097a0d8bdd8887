/** Colours of a terminal as spans. Everything else a terminal would obey is removed or made visible, never obeyed. */
import Anser from "anser";
import { visible } from "../../ui/visible.ts";

export interface AnsiSpan {
  readonly text: string;
  /** One of the sixteen, or "r, g, b". */
  readonly fore: AnsiColour | undefined;
  readonly back: AnsiColour | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly reverse: boolean;
}

export type AnsiColour = { readonly name: string } | { readonly rgb: string };

/** Sequences that move, clear or ask: a terminal's business and not ours. */
const NOT_COLOUR = /\u001b\[[0-?]*[ -/]*[@-ln-~]/g;
const COLOUR = /\u001b\[[\d;:]*m/g;
/** An escape that begins nothing we know: shown, before the parser can swallow it. */
const NO_SEQUENCE = /\u001b(?!\[[\d;:]*m)/g;
const STEPS = [0, 95, 135, 175, 215, 255] as const;

/** A line as people read it: what the spans hold, joined. */
export function plainText(text: string): string {
  return visible(text.includes("\u001b") ? text.replace(NOT_COLOUR, "").replace(COLOUR, "") : text, "\t");
}

export function ansiSpans(colours: string, text: string): readonly AnsiSpan[] {
  if (colours === "" && !text.includes("\u001b")) return [plainSpan(visible(text, "\t"))];
  // Colours in sub-parameters are written with colons by some; the parser knows semicolons.
  const clean = (colours + text.replace(NOT_COLOUR, ""))
    .replace(NO_SEQUENCE, "\u241b")
    .replace(COLOUR, (sequence) => sequence.replaceAll(":", ";"));
  return Anser.ansiToJson(clean, { json: true, use_classes: true, remove_empty: true }).map((part) => ({
    text: visible(part.content, "\t"),
    fore: colour(part.fg, part.fg_truecolor),
    back: colour(part.bg, part.bg_truecolor),
    bold: part.decorations.includes("bold"),
    dim: part.decorations.includes("dim"),
    italic: part.decorations.includes("italic"),
    underline: part.decorations.includes("underline"),
    reverse: part.decorations.includes("reverse"),
  }));
}

function plainSpan(text: string): AnsiSpan {
  return {
    text,
    fore: undefined,
    back: undefined,
    bold: false,
    dim: false,
    italic: false,
    underline: false,
    reverse: false,
  };
}

function colour(name: string | null, trueColour: string | null): AnsiColour | undefined {
  if (name === null || name === "") return undefined;
  if (name === "ansi-truecolor") return trueColour === null ? undefined : { rgb: trueColour };
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  if (palette !== undefined) return { rgb: paletteRgb(Number(palette)) };
  return { name: name.replace(/^ansi-/, "") };
}

/** 16..231 is a cube of six steps, 232..255 greys. */
function paletteRgb(index: number): string {
  if (index >= 232) return Array.from({ length: 3 }, () => 8 + (index - 232) * 10).join(", ");
  const cube = Math.max(0, index - 16);
  return [Math.floor(cube / 36) % 6, Math.floor(cube / 6) % 6, cube % 6].map((step) => STEPS[step] ?? 0).join(", ");
}
