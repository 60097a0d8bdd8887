import { describe, expect, it } from "vitest";
import { MemoryTree } from "../../../tests/support/memory-tree.ts";
import { GridReader } from "./grid-view.ts";
import { activeNodes, expiredClaims, NO_OBSERVATIONS, observe } from "./leases.ts";
import { isFirst } from "./rendezvous.ts";

const task = { task_id: "a", script: "true" };
const claim = (renewal: number, claimedAt = "2026-01-01T00:00:00Z") => ({
  claim_id: "claim-0001",
  node_id: "you",
  instance_id: "i",
  task_id: "a",
  claimed_at: claimedAt,
  lease_seconds: 60,
  renewal,
  attempt: 1,
});
const grid = (files: Record<string, object | string>) => new GridReader().read(new MemoryTree(files));
const claimed = (renewal: number, at?: string) =>
  grid({ "tasks/in_progress/you-a.json": task, "tasks/in_progress/you-a.json.claim": claim(renewal, at) });
const alone = { nodeId: "me", active: ["me"] };
const path = "tasks/in_progress/you-a.json";
/** A node that rendezvous hashing names before, or after, "me". */
const other = (before: boolean): string => {
  for (let i = 0; ; i++) if (isFirst("me", path, [`n${i}`]) !== before) return `n${i}`;
};

describe("a claim", () => {
  it("expires when the same blob was seen for its lease, and not a moment earlier", () => {
    const view = claimed(0);
    const seen = observe(NO_OBSERVATIONS, view, 1000);
    expect(expiredClaims(view, seen, alone, 60_999)).toHaveLength(0);
    expect(expiredClaims(view, seen, alone, 61_000)).toHaveLength(1);
  });

  it("lives on when it is renewed", () => {
    const seen = observe(observe(NO_OBSERVATIONS, claimed(0), 0), claimed(1), 50_000);
    expect(expiredClaims(claimed(1), seen, alone, 100_000)).toHaveLength(0);
  });

  it.each(["1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])("is judged without the clock that wrote %s", (at) => {
    const view = claimed(0, at);
    const seen = observe(NO_OBSERVATIONS, view, 0);
    expect(expiredClaims(view, seen, alone, 59_999)).toHaveLength(0);
    expect(expiredClaims(view, seen, alone, 60_000)).toHaveLength(1);
  });

  it("is returned by the node that is named first; the others wait one more lease", () => {
    const view = claimed(0);
    const seen = observe(NO_OBSERVATIONS, view, 0);
    expect(expiredClaims(view, seen, { nodeId: "me", active: ["me", other(false)] }, 60_000)).toHaveLength(1);
    expect(expiredClaims(view, seen, { nodeId: "me", active: ["me", other(true)] }, 119_999)).toHaveLength(0);
    expect(expiredClaims(view, seen, { nodeId: "me", active: ["me", other(true)] }, 120_000)).toHaveLength(1);
  });

  it("of the seed, without a claim file, expires when its node is silent for five minutes", () => {
    const node = (at: string) => ({ node_id: "you", last_heartbeat: at, status: "active" });
    const at = (heartbeat: string) => grid({ "tasks/in_progress/you-a.json": task, "nodes/you.json": node(heartbeat) });
    const first = at("2026-01-01T00:00:00");
    let seen = observe(NO_OBSERVATIONS, first, 0);
    expect(expiredClaims(first, seen, alone, 299_999)).toHaveLength(0);
    expect(expiredClaims(first, seen, alone, 300_000)).toHaveLength(1);
    const second = at("2026-01-01T00:04:00");
    seen = observe(seen, second, 240_000);
    expect(expiredClaims(second, seen, alone, 300_000)).toHaveLength(0);
  });

  it("with an unreadable claim file still expires", () => {
    const view = grid({ "tasks/in_progress/you-a.json": task, "tasks/in_progress/you-a.json.claim": "{" });
    const seen = observe(NO_OBSERVATIONS, view, 0);
    expect(view.problems).toMatchObject([{ code: "claim_unreadable" }]);
    expect(expiredClaims(view, seen, alone, 600_000)).toHaveLength(1);
  });
});

describe("an active node", () => {
  const view = (at: string, status = "active") =>
    grid({ "nodes/you.json": { node_id: "you", last_heartbeat: at, status } });

  it("was heard of lately; a heartbeat without zone is UTC", () => {
    const seen = observe(NO_OBSERVATIONS, view("2026-01-01T12:00:00"), 0);
    expect(activeNodes(view("2026-01-01T12:00:00"), seen, 0, Date.parse("2026-01-01T12:01:00Z"))).toEqual(["you"]);
    expect(activeNodes(view("2026-01-01T12:00:00"), seen, 0, Date.parse("2026-01-01T13:00:00Z"))).toEqual([]);
  });

  it("with a clock an hour off counts once its heartbeat was seen to change", () => {
    const now = Date.parse("2026-01-01T13:00:00Z");
    let seen = observe(NO_OBSERVATIONS, view("2026-01-01T12:00:00Z"), 0);
    seen = observe(seen, view("2026-01-01T12:01:00Z"), 60_000);
    expect(activeNodes(view("2026-01-01T12:01:00Z"), seen, 60_000, now)).toEqual(["you"]);
    expect(activeNodes(view("2026-01-01T12:01:00Z"), seen, 60_000 + 300_001, now)).toEqual([]);
  });

  it("that said it is offline is none", () => {
    const offline = view("2026-01-01T12:00:00Z", "offline");
    expect(activeNodes(offline, observe(NO_OBSERVATIONS, offline, 0), 0, Date.parse("2026-01-01T12:00:00Z"))).toEqual(
      [],
    );
  });
});
