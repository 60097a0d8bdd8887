import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HistoryRow, OutcomeKind } from "../../shared/contract/views.ts";
import { ResultReason } from "../../shared/domain/result.ts";
import { EXPORT_PART_ROWS, exportPart } from "./history-export.ts";

const ROW: HistoryRow = {
  claimId: "c-1",
  grid: "https://git.example.org/grid.git",
  taskId: "fold-7",
  state: "reported",
  outcome: "failed",
  reason: "exited",
  exitCode: -1,
  attempt: 2,
  claimedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  startedAtMs: Date.UTC(2026, 0, 2, 3, 4, 6),
  finishedAtMs: Date.UTC(2026, 0, 2, 3, 4, 7),
  reportedAtMs: null,
  durationMs: 1_234,
};
const HEADER =
  "claim_id,grid,task_id,outcome,reason,exit_code,attempt,claimed_at,started_at,finished_at,reported_at,duration_seconds\r\n";

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("=1+1", "\r\n", '"', " a ", "a,b", "\t", "@x"));
const ms = fc.option(fc.integer({ min: 0, max: 4e12 }));
const anyRow: fc.Arbitrary<HistoryRow> = fc.record({
  claimId: text,
  grid: text,
  taskId: text,
  state: fc.constant("reported" as const),
  outcome: fc.constantFrom(...OutcomeKind.options),
  reason: fc.option(fc.constantFrom(...ResultReason.options)),
  exitCode: fc.option(fc.integer({ min: -1, max: 255 })),
  attempt: fc.integer({ min: 1, max: 9 }),
  claimedAtMs: fc.integer({ min: 0, max: 4e12 }),
  startedAtMs: ms,
  finishedAtMs: ms,
  reportedAtMs: ms,
  durationMs: fc.option(fc.nat()),
});

/** The rows as a file of `size` rows a part. */
function file(rows: readonly HistoryRow[], format: "csv" | "json", size = EXPORT_PART_ROWS): string {
  let whole = "";
  for (let at = 0; at === 0 || at < rows.length; at += size)
    whole += exportPart(rows.slice(at, at + size), { format, first: at === 0, last: at + size >= rows.length });
  return whole;
}

/** Reads RFC 4180 to the letter: a quoted cell ends at its quote, a record at CRLF. */
function readCsv(whole: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < whole.length) {
    const at = cell.lastIndex;
    const found = cell.exec(whole);
    if (found === null) throw new Error(`no cell at ${at}: ${whole.slice(at, at + 40)}`);
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe("the history as CSV", () => {
  it("has a header, one record a run, times in UTC and seconds with their unit", () => {
    expect(file([ROW], "csv")).toBe(
      `${HEADER}c-1,https://git.example.org/grid.git,fold-7,failed,exited,-1,2,2026-01-02T03:04:05.678Z,2026-01-02T03:04:06.000Z,2026-01-02T03:04:07.000Z,,1.234\r\n`,
    );
    expect(file([], "csv")).toBe(HEADER);
  });

  it.each(["=cmd|' /C calc'!A0", "+1", "-rf", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1"])(
    "shows %j as text, not as a formula",
    (hostile) => {
      const cell = readCsv(file([{ ...ROW, taskId: hostile }], "csv"))[1]?.[2];
      expect(cell).toBe(`'${hostile}`);
    },
  );

  it("leaves a negative number a number", () => {
    expect(readCsv(file([ROW], "csv"))[1]?.[5]).toBe("-1");
  });

  it("quotes what would end a cell or a record, and spaces at its ends", () => {
    for (const hostile of ['a"b', "a,b", "a\r\nb", "a\nb", "a\rb", " a", "a "]) {
      const whole = file([{ ...ROW, grid: hostile }], "csv");
      expect(whole).toContain(`"${hostile.replaceAll('"', '""')}"`);
      expect(readCsv(whole)[1]?.[1]).toBe(hostile);
    }
  });

  it("can be read back, whatever the rows and however they are cut into parts", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 9 }), fc.integer({ min: 1, max: 4 }), (rows, size) => {
        const whole = file(rows, "csv", size);
        expect(whole).toBe(file(rows, "csv"));
        const [header, ...records] = readCsv(whole);
        expect(`${header?.join(",") ?? ""}\r\n`).toBe(HEADER);
        expect(records.map((cells) => cells.slice(0, 3))).toEqual(
          rows.map(({ claimId, grid, taskId }) => [claimId, grid, taskId].map(shown)),
        );
        for (const cells of records) {
          expect(cells).toHaveLength(12);
          for (const cell of cells) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d+$)/);
        }
      }),
    );
  });

  it("leaves a time empty that no calendar has", () => {
    expect(readCsv(file([{ ...ROW, claimedAtMs: 9e15 }], "csv"))[1]?.[7]).toBe("");
  });
});

describe("the history as JSON", () => {
  it("is an array with one object a line", () => {
    const whole = file([ROW, ROW], "json");
    expect(whole.split("\n")).toHaveLength(5);
    expect(JSON.parse(file([], "json"))).toEqual([]);
    expect(JSON.parse(whole)).toEqual(
      Array.from({ length: 2 }, () => ({
        claim_id: "c-1",
        grid: "https://git.example.org/grid.git",
        task_id: "fold-7",
        outcome: "failed",
        reason: "exited",
        exit_code: -1,
        attempt: 2,
        claimed_at: "2026-01-02T03:04:05.678Z",
        started_at: "2026-01-02T03:04:06.000Z",
        finished_at: "2026-01-02T03:04:07.000Z",
        reported_at: null,
        duration_seconds: 1.234,
      })),
    );
  });

  it("can be read back exactly, whatever the rows and however they are cut into parts", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 9 }), fc.integer({ min: 1, max: 4 }), (rows, size) => {
        const whole = file(rows, "json", size);
        expect(whole).toBe(file(rows, "json"));
        expect(JSON.parse(whole)).toMatchObject(
          rows.map((row) => ({ claim_id: row.claimId, grid: row.grid, task_id: row.taskId, outcome: row.outcome })),
        );
      }),
    );
  });

  it("ends well where the rows ran out with the part before", () => {
    const parts = [
      exportPart([ROW], { format: "json", first: true, last: false }),
      exportPart([], { format: "json", first: false, last: true }),
    ];
    expect(JSON.parse(parts.join(""))).toHaveLength(1);
  });
});

/** A cell as a spreadsheet is to have it. */
function shown(cell: string): string {
  const first = cell[0] ?? "";
  return "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".includes(first) && first !== "" ? `'${cell}` : cell;
}
