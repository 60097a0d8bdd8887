import { describe, expect, test } from "vitest";
import { ansiSpans, plainText } from "./ansi-spans.ts";
import { markedSpans } from "./marked-spans.ts";

const joined = (colours: string, text: string): string =>
  ansiSpans(colours, text)
    .map((span) => span.text)
    .join("");

describe("colours of a log", () => {
  test("become spans with the names of the sixteen", () => {
    const spans = ansiSpans("", "a \u001b[1;31mred\u001b[0m b");
    expect(spans.map(({ text }) => text)).toEqual(["a ", "red", " b"]);
    expect(spans[1]).toMatchObject({ fore: { name: "red" }, bold: true });
  });
  test("of 256 and of 16 million become numbers", () => {
    expect(ansiSpans("", "\u001b[38;5;208mx")[0]?.fore).toEqual({ rgb: "255, 135, 0" });
    expect(ansiSpans("", "\u001b[38;5;244mx")[0]?.fore).toEqual({ rgb: "128, 128, 128" });
    expect(ansiSpans("", "\u001b[38;2;1;2;3mx")[0]?.fore).toEqual({ rgb: "1, 2, 3" });
  });
  test("go on from the line before", () => {
    expect(ansiSpans("\u001b[32m", "x")[0]?.fore).toEqual({ name: "green" });
  });
  test("hide no text, also where the log asks for it", () => {
    expect(joined("", "\u001b[8mhidden\u001b[0m")).toBe("hidden");
  });
  test("are the only thing that is obeyed: what moves is removed, what else there is is shown", () => {
    expect(joined("", "a\u001b[2Jb\u001b[10;5Hc")).toBe("abc");
    expect(joined("", "\u001b]0;title\u0007")).toBe("␛]0;title␇");
    expect(joined("", "nul\u0000")).toBe("nul␀");
  });
  test.each([
    "plain",
    "\u001b[31mred\u001b[0m and \u001b[2Jmore",
    "\u001b]0;t\u0007",
    "\u001b[",
    "\u001b[31",
    "a\u001b",
    "\u001b[38:2:1:2:3mx",
    "<b>&amp;</b>",
  ])("the search sees what is shown of %j", (text) => {
    expect(joined("", text)).toBe(plainText(text));
  });
});

describe("search in spans", () => {
  test("finds what runs across colours", () => {
    const marked = markedSpans(ansiSpans("", "fo\u001b[31mld\u001b[0m fold"), "fold");
    expect(marked.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(["fo", "ld", "fold"]);
    expect(marked.map(({ text }) => text).join("")).toBe("fold fold");
  });
});
