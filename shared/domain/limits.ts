import { z } from "zod";

export const MEBIBYTE = 1024 * 1024;
export const SHM_BYTES = 16 * MEBIBYTE;
/** Memory a task keeps beside what its tmpfs mounts may fill (sandbox, "root filesystem"). */
export const MEMORY_BESIDE_TMPFS_BYTES = 64 * MEBIBYTE;

/** What all containers together may use. */
export const Limits = z.strictObject({
  cpus: z.number().min(0.1).max(1024).meta({ description: "cores, all tasks together" }),
  memoryBytes: z
    .int()
    .min(144 * MEBIBYTE)
    .meta({ description: "bytes, all tasks together" }),
  parallel: z.int().min(1).max(64).meta({ description: "tasks side by side" }),
  pids: z.int().min(8).max(4096).default(64).meta({ description: "processes of one task" }),
  tmpBytes: z
    .int()
    .min(MEBIBYTE)
    .default(64 * MEBIBYTE)
    .meta({ description: "bytes of one task's /tmp" }),
});
export type Limits = z.infer<typeof Limits>;

/** One task's share of the limits. */
export interface Share {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly pids: number;
  readonly tmpBytes: number;
}

/** The least memory a container may have: its tmpfs mounts filled, and room to work. */
export function leastMemoryBytes(tmpBytes: number): number {
  return tmpBytes + SHM_BYTES + MEMORY_BESIDE_TMPFS_BYTES;
}
