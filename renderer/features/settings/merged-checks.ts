import type { CheckView } from "../../../shared/contract/views.ts";

export function checkKey({ name, subject }: CheckView): string {
  return `${name} ${subject}`;
}

/** Checks with one more word about one of them: each keeps the place where it first stood. */
export function merged(checks: readonly CheckView[], told: CheckView): readonly CheckView[] {
  const key = checkKey(told);
  const known = checks.some((check) => checkKey(check) === key);
  return known ? checks.map((check) => (checkKey(check) === key ? told : check)) : [...checks, told];
}

export interface Verdict {
  readonly faults: number;
  readonly notes: number;
  readonly running: boolean;
}

export function verdictOf(checks: readonly CheckView[]): Verdict {
  return {
    faults: checks.filter(({ state }) => state === "fault").length,
    notes: checks.filter(({ state }) => state === "note").length,
    running: checks.some(({ state }) => state === "running"),
  };
}
