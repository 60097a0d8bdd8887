import { expect, it } from "vitest";
import { countTotals, totalsLine } from "../scripts/test-totals.ts";

function report(
  success: boolean,
  files: readonly { status: string; message?: string; tests: readonly string[] }[],
): string {
  const testResults = files.map(({ status, message, tests }, index) => ({
    name: `file-${index}`,
    status,
    message,
    assertionResults: tests.map((test, number) => ({ fullName: `test ${number}`, status: test })),
  }));
  return JSON.stringify({ success, testResults });
}

it("counts passed and failed tests", () => {
  const totals = countTotals(report(false, [{ status: "failed", tests: ["passed", "failed", "passed"] }]));
  expect(totalsLine(totals)).toBe("2 passed, 1 failed");
});

it("counts a skipped test as failed, because it has shown nothing", () => {
  const totals = countTotals(report(true, [{ status: "passed", tests: ["passed", "skipped", "pending", "todo"] }]));
  expect(totalsLine(totals)).toBe("1 passed, 3 failed");
});

it("counts a file that cannot be loaded, and says why", () => {
  const totals = countTotals(report(false, [{ status: "failed", message: "Cannot find module\nat x", tests: [] }]));
  expect(totals.failures).toEqual(["file-0: Cannot find module"]);
});

it.each([
  ["no report", undefined],
  ["no test", report(true, [])],
  ["an error outside of any test", report(false, [{ status: "passed", tests: ["passed"] }])],
])("counts %s as one failure", (_what, text) => {
  expect(countTotals(text).failures).toHaveLength(1);
});
