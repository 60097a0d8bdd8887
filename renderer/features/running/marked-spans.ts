import type { AnsiSpan } from "./ansi-spans.ts";

export interface MarkedSpan extends AnsiSpan {
  readonly hit: boolean;
}

/** Spans with each occurrence of a text in them set apart, also where it runs across spans. */
export function markedSpans(spans: readonly AnsiSpan[], wanted: string): readonly MarkedSpan[] {
  if (wanted === "") return spans.map((span) => ({ ...span, hit: false }));
  const whole = spans
    .map((span) => span.text)
    .join("")
    .toLowerCase();
  const ranges: [number, number][] = [];
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
    ranges.push([at, at + wanted.length]);
  }
  const marked: MarkedSpan[] = [];
  let start = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    let at = start;
    for (const [from, to] of ranges) {
      if (to <= at || from >= end) continue;
      if (from > at) marked.push({ ...span, text: span.text.slice(at - start, from - start), hit: false });
      const stop = Math.min(to, end);
      marked.push({ ...span, text: span.text.slice(Math.max(from, at) - start, stop - start), hit: true });
      at = stop;
    }
    if (at < end) marked.push({ ...span, text: span.text.slice(at - start), hit: false });
    start = end;
  }
  return marked;
}
