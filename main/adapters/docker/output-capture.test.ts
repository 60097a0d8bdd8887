import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTPUT_KEPT_BYTES } from "../../../shared/domain/result.ts";
import { FrameParser, type StreamName } from "./frame-parser.ts";
import { OutputCapture } from "./output-capture.ts";

function capture(...pieces: readonly Uint8Array[]): ReturnType<OutputCapture["captured"]> {
  const output = new OutputCapture();
  for (const piece of pieces) output.push(piece);
  return output.captured();
}

describe("captured output", () => {
  it("is everything where it fits, a byte order mark and NUL included", () => {
    const text = "\ufeffa\0b\u20ac";
    expect(capture(Buffer.from(text))).toEqual({ text, bytes: Buffer.byteLength(text), truncated: false });
    expect(capture()).toEqual({ text: "", bytes: 0, truncated: false });
    expect(capture(Buffer.alloc(OUTPUT_KEPT_BYTES, "x"))).toMatchObject({ bytes: OUTPUT_KEPT_BYTES, truncated: false });
  });

  it.each(["\u00e9", "\u20ac", "\u{1f600}"])(
    "ends before a character %s that would be cut, wherever the cut falls",
    (character) => {
      for (let shift = 0; shift < 4; shift++) {
        const text = "x".repeat(shift) + character.repeat(OUTPUT_KEPT_BYTES);
        const captured = capture(Buffer.from(text));
        expect(captured.truncated).toBe(true);
        expect(text.startsWith(captured.text)).toBe(true);
        expect(OUTPUT_KEPT_BYTES - Buffer.byteLength(captured.text)).toBeLessThan(Buffer.byteLength(character));
      }
    },
  );

  it("shows a byte that is no UTF-8 as U+FFFD, a character that was never finished too", () => {
    expect(capture(Buffer.from([0x61, 0xff, 0x62])).text).toBe("a\ufffdb");
    expect(capture(Buffer.from([0x61, 0xe2, 0x82])).text).toBe("a\ufffd");
  });

  it("never exceeds the bound as text, whatever the bytes and the pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 6000 }), { maxLength: 5 }), (pieces) => {
        const captured = capture(...pieces);
        const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
        expect(captured.bytes).toBe(bytes);
        expect(Buffer.byteLength(captured.text)).toBeLessThanOrEqual(OUTPUT_KEPT_BYTES);
        expect(captured).toEqual(capture(Buffer.concat(pieces)));
        if (!captured.truncated) expect(captured.text).toBe(Buffer.concat(pieces).toString("utf8"));
      }),
    );
  });
});

describe("multiplexed output", () => {
  const frame = (stream: number, data: Buffer): Buffer => {
    const header = Buffer.alloc(8);
    header[0] = stream;
    header.writeUInt32BE(data.length, 4);
    return Buffer.concat([header, data]);
  };

  it("is taken apart the same, wherever its transport cuts it", () => {
    const piece = fc.record({ stream: fc.constantFrom(1, 2), data: fc.uint8Array({ maxLength: 40 }) });
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat({ max: 20 })), (pieces, cuts) => {
        const whole = Buffer.concat(pieces.map(({ stream, data }) => frame(stream, Buffer.from(data))));
        const seen: Record<StreamName, Buffer[]> = { stdout: [], stderr: [] };
        const parser = new FrameParser((stream, part) => seen[stream].push(Buffer.from(part)));
        let at = 0;
        for (const cut of cuts) {
          parser.push(whole.subarray(at, at + cut));
          at += cut;
        }
        parser.push(whole.subarray(at));
        const expected = (wanted: number): Buffer =>
          Buffer.concat(pieces.filter(({ stream }) => stream === wanted).map(({ data }) => data));
        expect(Buffer.concat(seen.stdout).equals(expected(1))).toBe(true);
        expect(Buffer.concat(seen.stderr).equals(expected(2))).toBe(true);
      }),
    );
  });

  it("waits for no piece to be whole: a length that never comes costs no memory", () => {
    let bytes = 0;
    const parser = new FrameParser((_stream, part) => (bytes += part.length));
    const header = Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    parser.push(header);
    parser.push(Buffer.alloc(1000));
    expect(bytes).toBe(1000);
  });
});
