import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { RunLogs } from "./run-logs.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const line = (text: string, stream: "stdout" | "stderr" = "stdout") => ({ stream, chunk: bytes(text) });
const textOf = (chunks: readonly { text: string }[]): string => chunks.map(({ text }) => text).join("");

describe("the live output of runs", () => {
  it("is read on from any place, whatever pieces it came in", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        (pieces, step) => {
          const logs = new RunLogs();
          for (const piece of pieces) logs.append("run", line(piece));
          const whole = pieces.join("");
          let read = "";
          while (logs.has("run") && read.length < whole.length)
            read += textOf(logs.read("run", read.length, step)?.chunks ?? []);
          expect(read).toBe(new TextDecoder().decode(bytes(whole)));
        },
      ),
    );
  });

  it("keeps the streams apart and the characters whole", () => {
    const logs = new RunLogs();
    const [first, second] = [bytes("ä").slice(0, 1), bytes("ä").slice(1)];
    logs.append("run", { stream: "stdout", chunk: first });
    logs.append("run", line("!", "stderr"));
    logs.append("run", { stream: "stdout", chunk: second });
    expect(logs.read("run", 0, 10)?.chunks).toEqual([
      { stream: "stderr", text: "!" },
      { stream: "stdout", text: "ä" },
    ]);
  });

  it("stays bounded under a flood and says where it begins by now", () => {
    const logs = new RunLogs();
    for (let i = 0; i < 400; i++) logs.append("run", line("x".repeat(32_768)));
    const read = logs.read("run", 0, 2 ** 30);
    expect(read?.end).toBe(400 * 32_768);
    expect(read?.from).toBeGreaterThan(0);
    expect(textOf(read?.chunks ?? []).length).toBeLessThanOrEqual(1024 * 1024 + 32_768);
    expect(read?.to).toBe(read?.end);
  });

  it("forgets the oldest of many runs that are over, and none that runs", () => {
    const logs = new RunLogs();
    for (let i = 0; i < 20; i++) logs.append(`run-${i}`, line("x"));
    for (let i = 1; i < 20; i++) logs.close(`run-${i}`);
    expect([logs.has("run-0"), logs.has("run-1"), logs.has("run-19")]).toEqual([true, false, true]);
  });

  it("marks half a character at the end", () => {
    const logs = new RunLogs();
    logs.append("run", { stream: "stdout", chunk: bytes("ä").slice(0, 1) });
    logs.close("run");
    expect(logs.read("run", 0, 10)).toMatchObject({ chunks: [{ text: "\ufffd" }], over: true });
  });
});
