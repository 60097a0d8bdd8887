import type { Fault } from "../../shared/contract/fault.ts";

export type Check = { readonly name: string; readonly fine: string } | { readonly name: string; readonly fault: Fault };

/** One line for what is fine; for what is not, what it means and the mend. */
export function simpleReport(checks: readonly Check[]): string {
  return checks
    .map((check) => {
      if ("fine" in check) return `ok    ${check.name}: ${check.fine}\n`;
      const { code, meaning, detail, next } = check.fault;
      return `FAIL  ${check.name}: ${meaning} [${code}]\n${detail === "" ? "" : `      ${detail}\n`}      To mend: ${next}\n`;
    })
    .join("");
}
