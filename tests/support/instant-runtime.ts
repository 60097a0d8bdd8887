/**
 * A container runtime without containers: every task ends at once, or when the test says so.
 * For what is about Git and the engine alone; confinement is tested on a real engine.
 */
import { success } from "../../shared/contract/fault.ts";
import type { ContainerOutcome, ContainerRuntime, ContainerSpec, RuntimeInfo } from "../../main/engine/ports.ts";

const INFO: RuntimeInfo = {
  engine: "instant",
  version: "0",
  address: "memory",
  cgroupVersion: 2,
  cpus: 64,
  memoryBytes: 2 ** 40,
};

export interface InstantRuntime extends ContainerRuntime {
  readonly started: ContainerSpec[];
  /** Freezing and thawing, in order. */
  readonly changes: ("freeze" | "thaw")[];
}

/** `end` decides how a task ends; the default prints "ok" and exits with 0 at once. */
export function instantRuntime(
  end: (spec: ContainerSpec) => Promise<Partial<ContainerOutcome>> | Partial<ContainerOutcome> = () => ({}),
): InstantRuntime {
  const started: ContainerSpec[] = [];
  const changes: ("freeze" | "thaw")[] = [];
  return {
    started,
    changes,
    check: async () => success(INFO),
    look: async () => success(INFO),
    confinement: async (spec) => success({ image: spec.image, imageId: "sha256:instant", flags: [] }),
    ensureImage: async () => success("sha256:instant"),
    start: async (spec) => {
      started.push(spec);
      const startedAtMs = Date.now();
      const cancelled = Promise.withResolvers<Partial<ContainerOutcome>>();
      const finished = Promise.race([Promise.resolve(end(spec)), cancelled.promise]).then(
        (outcome): ContainerOutcome => ({
          reason: "exited",
          exitCode: 0,
          stdout: { text: "ok\n", bytes: 3, truncated: false },
          stderr: { text: "", bytes: 0, truncated: false },
          startedAtMs,
          finishedAtMs: Date.now(),
          durationMs: Date.now() - startedAtMs,
          imageId: "sha256:instant",
          ...outcome,
        }),
      );
      const done = async () => success(undefined);
      return success({
        claimId: spec.claimId,
        imageId: "sha256:instant",
        confinement: { image: spec.image, imageId: "sha256:instant", flags: [] },
        ranMs: () => Date.now() - startedAtMs,
        usage: async () => success({ cpus: 0, memoryBytes: 0 }),
        finished,
        cancel: () => cancelled.resolve({ reason: "cancelled", exitCode: -1 }),
        freeze: async () => {
          changes.push("freeze");
          return success(undefined);
        },
        thaw: async () => {
          changes.push("thaw");
          return success(undefined);
        },
        update: done,
      });
    },
    leftovers: async () => success([]),
    adopt: async () => success(undefined),
    remove: async () => success(undefined),
    close: async () => undefined,
  };
}
