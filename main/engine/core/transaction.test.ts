import { describe, expect, it } from "vitest";
import { MemoryTree } from "../../../tests/support/memory-tree.ts";
import { GridReader } from "./grid-view.ts";
import { choose } from "./choose.ts";
import { plan, type Intents, type Plan } from "./transaction.ts";

const NODE = { node_id: "me", last_heartbeat: "2026-01-01T00:00:00Z", status: "active" as const };
const view = (tree: MemoryTree) => new GridReader().read(tree);
const donor = {
  nodeId: "me",
  defaultImage: "i",
  images: ["i"],
  unavailableImages: new Set<string>(),
  declined: new Set<string>(),
  shareFor: () => ({ cpus: 1, memoryBytes: 1, pids: 1, tmpBytes: 1 }),
};

function decide(tree: MemoryTree, intents: Partial<Intents>): Plan & { next: MemoryTree } {
  const seen = view(tree);
  const decided = plan(seen, {
    nodeId: "me",
    instanceId: "instance",
    nowEpochMs: 0,
    leaseSeconds: 600,
    results: [],
    giveBack: [],
    renew: [],
    renewDue: false,
    expired: [],
    wanted: choose(seen, { ...donor, nodeId: intents.nodeId ?? "me" }, () => 0).eligible,
    claimIds: [],
    node: NODE,
    heartbeatDue: false,
    tidy: true,
    ...intents,
  });
  return { ...decided, next: tree.after(decided.change?.ops ?? []) };
}

const task = (id: string, more: object = {}): object => ({ task_id: id, script: "true", ...more });
const claim = (claimId: string, taskId: string, more: object = {}): object => ({
  claim_id: claimId,
  node_id: "me",
  instance_id: "instance",
  task_id: taskId,
  claimed_at: "2026-01-01T00:00:00Z",
  lease_seconds: 600,
  renewal: 0,
  attempt: 1,
  ...more,
});
const result = (claimId: string, taskId: string, status: "success" | "failed" = "success") => ({
  task_id: taskId,
  node_id: "me",
  exit_code: 0,
  stdout: "",
  stderr: "",
  timestamp: "2026-01-01T00:00:00Z",
  status,
  claim_id: claimId,
});
const held = (claimId: string, taskId: string) => ({ claimId, taskId, path: `tasks/in_progress/me-${taskId}.json` });

describe("one commit", () => {
  it("claims as many as there are ids, moves companions and writes the claim", () => {
    const tree = new MemoryTree({
      "tasks/queue/a.json": task("a"),
      "tasks/queue/a.json.sig": "s",
      "tasks/queue/b.json": task("b"),
    });
    const { next, claimed } = decide(tree, { claimIds: ["claim-0001", "claim-0002", "claim-0003"] });
    expect(claimed.map(({ taskId }) => taskId).sort()).toEqual(["a", "b"]);
    expect(next.paths()).toEqual([
      "nodes/me.json",
      "tasks/in_progress/me-a.json",
      "tasks/in_progress/me-a.json.claim",
      "tasks/in_progress/me-a.json.sig",
      "tasks/in_progress/me-b.json",
      "tasks/in_progress/me-b.json.claim",
    ]);
  });

  it("reports, claims and says hello at once", () => {
    const tree = new MemoryTree({
      "tasks/queue/b.json": task("b"),
      "tasks/in_progress/me-a.json": task("a"),
      "tasks/in_progress/me-a.json.claim": claim("claim-0001", "a"),
      "tasks/in_progress/me-a.json.sig": "s",
    });
    const { next, reporting } = decide(tree, {
      claimIds: ["claim-0002"],
      results: [{ ...held("claim-0001", "a"), result: result("claim-0001", "a") }],
    });
    expect(reporting).toEqual(["claim-0001"]);
    expect(next.paths()).toEqual([
      "nodes/me.json",
      "tasks/completed/me-a.json",
      "tasks/completed/me-a.json.log",
      "tasks/completed/me-a.json.sig",
      "tasks/in_progress/me-b.json",
      "tasks/in_progress/me-b.json.claim",
    ]);
  });

  it("with nothing to say is none", () => {
    expect(decide(new MemoryTree({ "tasks/queue/a.json": task("a") }), {}).change).toBeUndefined();
  });

  it("does not report under a claim that another has taken", () => {
    const tree = new MemoryTree({
      "tasks/in_progress/me-a.json": task("a"),
      "tasks/in_progress/me-a.json.claim": claim("claim-9999", "a", { instance_id: "other" }),
    });
    const decided = decide(tree, { results: [{ ...held("claim-0001", "a"), result: result("claim-0001", "a") }] });
    expect(decided).toMatchObject({ change: undefined, lost: ["claim-0001"], reported: [] });
  });

  it("knows a result that the grid already has by its claim_id", () => {
    const tree = new MemoryTree({
      "tasks/completed/me-a.json": task("a"),
      "tasks/completed/me-a.json.log": result("claim-0001", "a"),
    });
    const decided = decide(tree, { results: [{ ...held("claim-0001", "a"), result: result("claim-0001", "a") }] });
    expect(decided).toMatchObject({ change: undefined, reported: ["claim-0001"], lost: [] });
  });

  it("is not fooled by a task that prints another's claim_id", () => {
    const tree = new MemoryTree({
      "tasks/completed/me-a.json": task("a"),
      "tasks/completed/me-a.json.log": { ...result("claim-7777", "a"), stdout: '"claim_id": "claim-0001"' },
    });
    const decided = decide(tree, { results: [{ ...held("claim-0001", "a"), result: result("claim-0001", "a") }] });
    expect(decided.lost).toEqual(["claim-0001"]);
  });

  it("never moves onto a path that exists: two names that collide become a problem", () => {
    // Node a with task b-c and node a-b with task c share tasks/in_progress/a-b-c.json.
    const tree = new MemoryTree({
      "tasks/queue/b-c.json": task("b-c"),
      "tasks/in_progress/a-b-c.json": task("c"),
      "tasks/in_progress/a-b-c.json.claim": claim("claim-0001", "c", { node_id: "a-b" }),
    });
    const { claimed } = decide(tree, { nodeId: "a", claimIds: ["claim-0002"] });
    expect(claimed).toEqual([]);
    const { problems } = choose(view(tree), { ...donor, nodeId: "a" }, () => 0);
    expect(problems).toEqual([{ code: "path_taken", path: "tasks/queue/b-c.json", detail: "a-b-c.json" }]);
  });

  it("blocks a result whose place is taken rather than overwrite it", () => {
    const tree = new MemoryTree({
      "tasks/in_progress/me-a.json": task("a"),
      "tasks/in_progress/me-a.json.claim": claim("claim-0001", "a"),
      "tasks/completed/me-a.json": task("other"),
    });
    expect(
      decide(tree, { results: [{ ...held("claim-0001", "a"), result: result("claim-0001", "a") }] }).blocked,
    ).toEqual(["claim-0001"]);
  });

  it("returns an expired claim to the queue and remembers the attempt", () => {
    const tree = new MemoryTree({
      "tasks/in_progress/you-a.json": task("a"),
      "tasks/in_progress/you-a.json.claim": claim("claim-0001", "a", { node_id: "you" }),
    });
    const expired = [...view(tree).inProgress.values()];
    const { next } = decide(tree, { expired });
    expect(next.paths()).toEqual(["nodes/me.json", "tasks/attempts/a.json", "tasks/queue/a.json"]);
    expect(next.json("tasks/attempts/a.json")).toMatchObject({
      task_id: "a",
      attempts: [{ claim_id: "claim-0001", node_id: "you", reason: "expired", returned_by: "me" }],
    });
  });

  it("fails a task that lost its third claim", () => {
    const lost = {
      claim_id: "claim-0000",
      node_id: "x",
      reason: "expired",
      returned_by: "y",
      returned_at: "2026-01-01T00:00:00Z",
    };
    const tree = new MemoryTree({
      "tasks/in_progress/you-a.json": task("a"),
      "tasks/in_progress/you-a.json.claim": claim("claim-0001", "a", { node_id: "you" }),
      "tasks/attempts/a.json": { task_id: "a", attempts: [lost, lost] },
    });
    const { next } = decide(tree, { expired: [...view(tree).inProgress.values()] });
    expect(next.paths()).toContain("tasks/failed/you-a.json.log");
    expect(next.json("tasks/failed/you-a.json.log")).toMatchObject({
      status: "failed",
      reason: "engine_error",
      task_id: "a",
    });
  });

  it("leaves a claim alone that was renewed since it was watched", () => {
    const before = new MemoryTree({
      "tasks/in_progress/you-a.json": task("a"),
      "tasks/in_progress/you-a.json.claim": claim("claim-0001", "a"),
    });
    const expired = [...view(before).inProgress.values()];
    const after = new MemoryTree({
      "tasks/in_progress/you-a.json": task("a"),
      "tasks/in_progress/you-a.json.claim": claim("claim-0001", "a", { renewal: 1 }),
    });
    expect(decide(after, { expired }).change).toBeUndefined();
  });

  it("gives back and keeps count, but a task given back is not a task that failed", () => {
    const tree = new MemoryTree({
      "tasks/in_progress/me-a.json": task("a"),
      "tasks/in_progress/me-a.json.claim": claim("claim-0001", "a"),
    });
    const { next, givenBack } = decide(tree, { giveBack: [held("claim-0001", "a")] });
    expect(givenBack).toEqual(["claim-0001"]);
    expect(next.paths()).toEqual(["nodes/me.json", "tasks/attempts/a.json", "tasks/queue/a.json"]);
  });

  it("renews by changing the claim file", () => {
    const tree = new MemoryTree({
      "tasks/in_progress/me-a.json": task("a"),
      "tasks/in_progress/me-a.json.claim": claim("claim-0001", "a"),
    });
    const { next } = decide(tree, { renew: [held("claim-0001", "a")], renewDue: true });
    expect(next.json("tasks/in_progress/me-a.json.claim")).toMatchObject({ claim_id: "claim-0001", renewal: 1 });
  });

  it("removes a companion whose task is gone", () => {
    const tree = new MemoryTree({
      "tasks/in_progress/x-a.json.claim": claim("claim-0001", "a"),
      "tasks/queue/b.json.sig": "s",
      "tasks/queue/.gitkeep": "",
    });
    const { next } = decide(tree, { heartbeatDue: true });
    expect(next.paths()).toEqual(["nodes/me.json", "tasks/queue/.gitkeep"]);
  });

  it("does not claim an id that is running or finished under another name", () => {
    const tree = new MemoryTree({
      "tasks/queue/a.json": task("a"),
      "tasks/queue/b.json": task("b"),
      "tasks/in_progress/you-a.json": task("a"),
      "tasks/failed/x-y-b.json": task("b"),
    });
    expect(decide(tree, { claimIds: ["claim-0001", "claim-0002"] }).claimed).toEqual([]);
    expect(
      view(tree)
        .problems.map(({ code }) => code)
        .sort(),
    ).toEqual(["already_finished", "already_in_progress"]);
  });

  it("a finished file whose name only ends alike does not block another task", () => {
    const tree = new MemoryTree({ "tasks/queue/b.json": task("b"), "tasks/completed/node-a-b.json": task("a-b") });
    expect(decide(tree, { claimIds: ["claim-0001"] }).claimed).toHaveLength(1);
  });
});
