/** The first bytes of a stream and how much there was. */
export interface CapturedStream {
  /** UTF-8, at most OUTPUT_KEPT_BYTES bytes, cut on a character's boundary. */
  readonly text: string;
  readonly bytes: number;
  readonly truncated: boolean;
}

export interface ContainerOutcome {
  /** "interrupted": the engine stopped or restarted under it; the task is run again, not reported. */
  readonly reason: "exited" | "timed_out" | "out_of_memory" | "cancelled" | "engine_error" | "interrupted";
  /** -1 where no process ended by itself. */
  readonly exitCode: number;
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  /** Time running, frozen time left out. */
  readonly durationMs: number;
  readonly imageId: string;
  /** Says why, where the reason needs it. */
  readonly message?: string;
}
