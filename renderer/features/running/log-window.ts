/**
 * The part of a run's output that the page holds.
 *
 * Invariant: however much streams through, at most `LINES_MAX` lines and about `CHARACTERS_MAX`
 * characters stay; the oldest go first and are counted.
 */
export type Stream = "stdout" | "stderr";

export interface LogTextLine {
  /** Counts from 0 over everything that came; stays the line's name when older ones are dropped. */
  readonly number: number;
  readonly stream: Stream;
  /** As it was written, escape sequences included. */
  readonly text: string;
  /** The colours that are in force where it begins, as SGR sequences. */
  readonly colours: string;
  /** It continues the line above, which was too long for one. */
  readonly continued: boolean;
}

export interface LogBounds {
  readonly linesMax: number;
  readonly charactersMax: number;
  readonly lineMax: number;
}

export const LOG_BOUNDS: LogBounds = { linesMax: 20_000, charactersMax: 4 * 1024 * 1024, lineMax: 2_000 };

const SGR = /\u001b\[([\d;:]*)m/g;
/** Colours are carried from line to line only up to here: a hostile log must not make every line long. */
const COLOURS_MAX_CHARACTERS = 120;
/** An escape sequence is not cut in two where a long line is. */
const ESCAPE_MAX_CHARACTERS = 32;

export class LogWindow {
  readonly #bounds: LogBounds;
  #lines: LogTextLine[] = [];
  /** Where the window begins in `#lines`: dropping from the front one by one would cost a copy each time. */
  #first = 0;
  #next = 0;
  #characters = 0;
  #dropped = 0;
  #longest = 0;
  #open = false;
  readonly #colours: Record<Stream, string> = { stdout: "", stderr: "" };
  readonly #carriage: Record<Stream, boolean> = { stdout: false, stderr: false };

  constructor(bounds: LogBounds = LOG_BOUNDS) {
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#lines.length - this.#first;
  }

  /** Characters that are not held any more, or never came. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Of the longest line so far, in characters. */
  get longest(): number {
    return this.#longest;
  }

  line(index: number): LogTextLine | undefined {
    return this.#lines[this.#first + index];
  }

  lines(): readonly LogTextLine[] {
    return this.#lines.slice(this.#first);
  }

  /** Characters the worker did not have any more. */
  skip(characters: number): void {
    this.#dropped += characters;
  }

  append(stream: Stream, text: string): void {
    // A line end whose halves came apart is one line end.
    let rest = this.#carriage[stream] ? `\r${text}` : text;
    this.#carriage[stream] = rest.endsWith("\r");
    if (this.#carriage[stream]) rest = rest.slice(0, -1);
    const pieces = rest.split(/\r\n|\n|\r/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) this.#open = this.#endLine(stream);
      if (piece !== "") this.#write(stream, piece);
    }
    this.#trim();
  }

  /** An empty line is a line too. */
  #endLine(stream: Stream): boolean {
    const last = this.#lines.at(-1);
    if (!this.#open || last?.stream !== stream) this.#push(stream, "", false);
    return false;
  }

  #write(stream: Stream, piece: string): void {
    const last = this.#lines.at(-1);
    let rest = piece;
    if (this.#open && last?.stream === stream && this.count > 0) {
      rest = last.text + piece;
      this.#lines.pop();
      this.#characters -= last.text.length;
      this.#next--;
      this.#colours[stream] = last.colours;
      this.#split(stream, rest, last.continued);
    } else this.#split(stream, rest, false);
    this.#open = true;
  }

  #split(stream: Stream, text: string, continued: boolean): void {
    let rest = text;
    let more = continued;
    while (rest.length > this.#bounds.lineMax) {
      const at = cutBefore(rest, this.#bounds.lineMax);
      this.#push(stream, rest.slice(0, at), more);
      rest = rest.slice(at);
      more = true;
    }
    this.#push(stream, rest, more);
  }

  #push(stream: Stream, text: string, continued: boolean): void {
    this.#lines.push({ number: this.#next++, stream, text, colours: this.#colours[stream], continued });
    this.#characters += text.length;
    this.#longest = Math.max(this.#longest, text.length);
    this.#colours[stream] = coloursAfter(this.#colours[stream], text);
  }

  #trim(): void {
    const { linesMax, charactersMax } = this.#bounds;
    while (this.count > linesMax || (this.#characters > charactersMax && this.count > 1)) {
      const gone = this.#lines[this.#first]?.text.length ?? 0;
      this.#first++;
      this.#characters -= gone;
      this.#dropped += gone;
    }
    if (this.#first > 1_024 && this.#first * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
  }
}

/** The colours in force after a text: what came since the last reset. */
export function coloursAfter(before: string, text: string): string {
  if (!text.includes("\u001b[")) return before;
  let colours = before;
  for (const [sequence, codes = ""] of text.matchAll(SGR)) {
    if (codes === "" || /^0+(;|$)/.test(codes)) colours = codes.includes(";") ? sequence : "";
    else colours += sequence;
  }
  return colours.length > COLOURS_MAX_CHARACTERS ? "" : colours;
}

/** Where to cut a long line: neither inside a character nor inside an escape sequence. */
function cutBefore(text: string, most: number): number {
  const escape = text.lastIndexOf("\u001b", most - 1);
  if (escape > 0 && most - escape < ESCAPE_MAX_CHARACTERS && !/[@-Z\\-~]/.test(text.slice(escape + 2, most))) {
    return escape;
  }
  const last = text.charCodeAt(most - 1);
  return last >= 0xd800 && last <= 0xdbff && most > 1 ? most - 1 : most;
}
