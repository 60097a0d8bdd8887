import { z } from "zod";

/** How many tests passed, and one sentence for each thing that did not. */
export interface Totals {
  readonly passed: number;
  readonly failures: readonly string[];
}

/** The part of vitest's JSON report that is read here. */
const Report = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Counts a report of vitest's JSON reporter; undefined stands for a run that wrote none.
 *
 * A skipped test counts as failed: it has shown nothing. So does a file that could not be
 * loaded, and a run that is called a failure although each of its tests passed (an error
 * outside of any test).
 */
export function countTotals(report: string | undefined): Totals {
  if (report === undefined) return { passed: 0, failures: ["vitest ended without a report"] };
  const { success, testResults } = Report.parse(JSON.parse(report));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failures = [
    ...testResults
      .filter(
        ({ status, assertionResults }) => status === "failed" && !assertionResults.some((t) => t.status === "failed"),
      )
      .map(({ name, message = "" }) => `${name}: ${message.split("\n")[0]}`),
    ...tests.filter(({ status }) => status !== "passed").map(({ fullName, status }) => `${fullName}: ${status}`),
  ];
  if (!success && failures.length === 0) failures.push("vitest: an error outside of any test");
  if (tests.length === 0 && failures.length === 0) failures.push("vitest: no test was run");
  return { passed: tests.filter(({ status }) => status === "passed").length, failures };
}

/** The last line of a run. */
export function totalsLine({ passed, failures }: Totals): string {
  return `${passed} passed, ${failures.length} failed`;
}
