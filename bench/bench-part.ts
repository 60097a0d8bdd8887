import type { BenchTable } from "./table.ts";

/** How much is measured; each from the command line or the environment. */
export interface BenchScale {
  /** The smallest run that goes through everything: for tests, its figures mean nothing. */
  readonly quick: boolean;
  /** How often each measurement is repeated. */
  readonly repetitions: number;
  /** Tasks of a claims run; each part's own number where absent. */
  readonly tasks?: number;
}

/** One part of `npm run bench`. */
export interface BenchPart {
  readonly name: string;
  /** Measures; `progress` takes a line for people to see that it goes on. */
  measure(scale: BenchScale, progress: (line: string) => void): Promise<BenchResult>;
}

export interface BenchResult {
  readonly tables: readonly BenchTable[];
  /** Everything measured, for the JSON file. */
  readonly figures: unknown;
}
