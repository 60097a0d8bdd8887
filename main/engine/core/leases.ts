/**
 * Which claims have run out, judged without trusting any clock but this process's own monotonic
 * one: a claim expires when the same blob was seen unchanged for its lease (protocol, "Claims
 * and leases").
 */
import { LEASE_DEFAULT_SECONDS, LEASE_MAX_SECONDS } from "../../../shared/domain/claim.ts";
import { parseTimestamp } from "../../../shared/domain/timestamp.ts";
import type { GridView, InProgress } from "./grid-view.ts";
import { isFirst } from "./rendezvous.ts";

/** The seed's rule: a node is gone when it was silent for five minutes. */
export const SILENT_NODE_MS = 5 * 60_000;

interface Sighting {
  readonly oid: string;
  readonly sinceMs: number;
  /** Whether it was seen to change, which proves that somebody is alive behind it. */
  readonly changed: boolean;
}

/** What this process has seen of claims and nodes, by path or node id; monotonic ms. */
export interface Observations {
  readonly claims: ReadonlyMap<string, Sighting>;
  readonly nodes: ReadonlyMap<string, Sighting>;
}

export const NO_OBSERVATIONS: Observations = { claims: new Map(), nodes: new Map() };

/** The observations after one more look at the grid. */
export function observe(before: Observations, view: GridView, nowMs: number): Observations {
  const claims = new Map<string, Sighting>();
  for (const entry of view.inProgress.values()) {
    const oid = entry.claimOid ?? `seed ${entry.taskOid} ${seedNode(view, entry)?.oid ?? "no node"}`;
    claims.set(entry.path, sight(before.claims.get(entry.path), oid, nowMs));
  }
  const nodes = new Map<string, Sighting>();
  for (const [id, { oid }] of view.nodes) nodes.set(id, sight(before.nodes.get(id), oid, nowMs));
  return { claims, nodes };
}

function sight(before: Sighting | undefined, oid: string, nowMs: number): Sighting {
  if (before?.oid === oid) return before;
  return { oid, sinceMs: nowMs, changed: before !== undefined };
}

/** The node of a claim that names none: the one whose id and this task's make the file's name. */
function seedNode(view: GridView, entry: InProgress): { nodeId: string; oid: string } | undefined {
  if (entry.task === undefined) return undefined;
  const suffix = `-${entry.task.task_id}.json`;
  if (!entry.name.endsWith(suffix)) return undefined;
  const nodeId = entry.name.slice(0, -suffix.length);
  const node = view.nodes.get(nodeId);
  return node === undefined ? undefined : { nodeId, oid: node.oid };
}

/** Who held a claim, as far as the grid tells. */
export function holderOf(view: GridView, entry: InProgress): string {
  return entry.claim?.node_id ?? seedNode(view, entry)?.nodeId ?? "unknown";
}

/** Nodes that seem alive; `nowEpochMs` is used only for those seen for the first time. */
export function activeNodes(view: GridView, seen: Observations, nowMs: number, nowEpochMs: number): string[] {
  const active: string[] = [];
  for (const [id, { node }] of view.nodes) {
    const sighting = seen.nodes.get(id);
    if (node.status !== "active" || sighting === undefined || nowMs - sighting.sinceMs > SILENT_NODE_MS) continue;
    const heartbeat = parseTimestamp(node.last_heartbeat) ?? 0;
    if (sighting.changed || Math.abs(nowEpochMs - heartbeat) < SILENT_NODE_MS) active.push(id);
  }
  return active;
}

/**
 * The claims that this node should return now. The node that rendezvous hashing names first
 * among the active ones acts at once; the others wait one more lease, in case it does not.
 */
export function expiredClaims(
  view: GridView,
  seen: Observations,
  me: { readonly nodeId: string; readonly active: readonly string[] },
  nowMs: number,
): InProgress[] {
  return [...view.inProgress.values()].filter((entry) => {
    const sighting = seen.claims.get(entry.path);
    if (sighting === undefined) return false;
    const leaseMs = leaseOf(entry);
    const candidates = me.active.filter((id) => id !== entry.claim?.node_id);
    const patience = isFirst(me.nodeId, entry.path, candidates) ? leaseMs : 2 * leaseMs;
    return nowMs - sighting.sinceMs >= patience;
  });
}

function leaseOf(entry: InProgress): number {
  if (entry.claim !== undefined) return Math.min(entry.claim.lease_seconds, LEASE_MAX_SECONDS) * 1000;
  return entry.claimOid === undefined ? SILENT_NODE_MS : LEASE_DEFAULT_SECONDS * 1000;
}
