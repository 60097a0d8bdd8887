import { describe, expect, test } from "vitest";
import { visible } from "./visible.ts";

describe("visible", () => {
  test("leaves what people write as it is, in any script", () => {
    expect(visible("Zürich 名前 שלום 🦄")).toBe("Zürich 名前 שלום 🦄");
  });
  test("shows NUL, escape and delete as pictures", () => {
    expect(visible("a\u0000b\u001b[31m\u007f")).toBe("a\u2400b\u241b[31m\u2421");
  });
  test("names marks that turn a line around or hide", () => {
    expect(visible("\u202egnp\u200b")).toBe("⟨U+202E⟩gnp⟨U+200B⟩");
  });
  test("keeps what it is asked to keep and nothing else", () => {
    expect(visible("a\n\tb\r", "\n\t")).toBe("a\n\tb\u240d");
  });
  test("names a lone surrogate", () => {
    expect(visible("\ud800")).toBe("⟨U+D800⟩");
  });
});
