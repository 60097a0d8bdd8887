import { z } from "zod";

const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const ZONED = /(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Milliseconds since the epoch of an ISO 8601 time, or undefined where the text is none.
 *
 * A time without a zone *is* UTC, whatever the local zone: the seed's workers write those
 * (protocol, "Node").
 */
export function parseTimestamp(text: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  const ms = Date.parse(ZONED.test(text) ? text.replace(" ", "T") : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The one way a time is written into a grid: ISO 8601, UTC, milliseconds. */
export function formatTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** A time as any worker may have written it. */
export const Timestamp = z
  .string()
  .max(40)
  .refine((text) => parseTimestamp(text) !== undefined, "not an ISO 8601 time");
export type Timestamp = z.infer<typeof Timestamp>;
