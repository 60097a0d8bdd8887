import { expect, it } from "vitest";
import { success } from "../../shared/contract/fault.ts";
import type { Held } from "../engine/held-claim.ts";
import { OwnUse, type OwnUseEngine } from "./own-use.ts";

/** Containers by claim, with the cores that each uses; every one may use two. */
function machine(): { use: OwnUse; now(containers: Readonly<Record<string, number>>): void } {
  let held: readonly Held[] = [];
  const listeners = new Set<() => void>();
  const engine = {
    held: () => held,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    shareOf: () => ({ cpus: 2, memoryBytes: 0, pids: 0, tmpBytes: 0 }),
    rules: { limits: { cpus: 4 } },
  };
  return {
    // Only these parts of an engine are asked.
    use: new OwnUse(engine as unknown as OwnUseEngine),
    now: (containers) => {
      held = Object.entries(containers).map(
        ([claimId, cpus]) =>
          ({ claimId, container: { usage: async () => success({ cpus, memoryBytes: 0 }) } }) as unknown as Held,
      );
      for (const listener of listeners) listener();
    },
  };
}

it("is what was measured, where the same containers ran all the time", async () => {
  const { use, now } = machine();
  now({ a: 1, b: 0.5 });
  await use.cpus();
  now({ a: 1, b: 0.5 });
  expect(await use.cpus()).toBe(1.5);
});

it("is the most that a container may have used which came or went, and what that cost", async () => {
  const { use, now } = machine();
  now({ a: 1 });
  await use.cpus();
  now({ a: 1, short: 0 });
  now({ a: 1 });
  // One measured core, two that the other may have used, a quarter for its coming and going.
  expect(await use.cpus()).toBe(3.25);
});

it("never counts more for a container than it may use", async () => {
  const { use, now } = machine();
  now({ a: 60 });
  await use.cpus();
  expect(await use.cpus()).toBe(2);
});

it("is nothing where nothing runs", async () => {
  const { use } = machine();
  expect(await use.cpus()).toBe(0);
});
