import { z } from "zod";
import { Timestamp } from "./timestamp.ts";

/** Bytes a task file may have; a larger one is never parsed. */
export const TASK_FILE_MAX_BYTES = 64 * 1024;
/** Characters a script may have. */
export const SCRIPT_MAX_CHARACTERS = 5000;

export const TaskId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "1-64 of A-Z a-z 0-9 - _")
  .meta({ description: "Unique within the grid; the task's file is named <task_id>.json" });
export type TaskId = z.infer<typeof TaskId>;

export const Priority = z.enum(["critical", "high", "medium", "low"]);
export type Priority = z.infer<typeof Priority>;

/** A container image reference: no leading dash, no white space, no control character. */
export const ImageRef = z.string().regex(/^[a-z0-9][A-Za-z0-9._/:@-]{0,254}$/, "a container image reference");
export type ImageRef = z.infer<typeof ImageRef>;

export const Resources = z.strictObject({
  cpus: z.number().min(0.1).max(1024).optional().meta({ description: "CPU cores" }),
  memory_mb: z.int().min(16).max(4_194_304).optional().meta({ description: "MiB" }),
});
export type Resources = z.infer<typeof Resources>;

/**
 * One piece of work, as its author wrote it. Unknown fields are kept: the file is moved,
 * never rewritten, so that its signature stays valid.
 */
export const Task = z
  .looseObject({
    task_id: TaskId,
    script: z
      .string()
      .min(1)
      .max(SCRIPT_MAX_CHARACTERS)
      .refine((s) => s.trim() !== "", "only white space")
      .refine((s) => !s.includes("\0"), "contains a NUL character")
      .meta({ description: "run by sh -c inside the container" }),
    timeout_seconds: z.int().min(10).max(300).default(30),
    priority: Priority.optional(),
    depends_on: z.array(TaskId).max(100).optional(),
    image: ImageRef.optional(),
    resources: Resources.optional(),
    created_at: Timestamp.optional(),
  })
  .meta({ title: "D-GRID task" });
export type Task = z.infer<typeof Task>;

/** A task without what is not known of it: for reading, where unknown fields would only fill the memory. */
export const KnownTask = z.object(Task.shape);
