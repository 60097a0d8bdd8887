import type { GridView, PeerView } from "../../shared/contract/views.ts";
import { parseGridAddress } from "../../shared/domain/grid-address.ts";
import { parseTimestamp } from "../../shared/domain/timestamp.ts";
import type { GridSetting } from "../../shared/settings/settings.ts";
import type { GridView as Grid } from "../engine/core/grid-view.ts";
import { DIRECTORIES } from "../engine/core/layout.ts";
import type { GridEntry } from "../engine/engine.ts";

const PEERS_SHOWN = 200;

interface GridFacts {
  readonly setting: GridSetting;
  readonly fromEnvironment: boolean;
  readonly hasToken: boolean;
  readonly nodeId: string;
}

/** A grid as the interface shows it; `entry` is undefined while it is switched off. */
export function gridView(facts: GridFacts, entry: GridEntry | undefined): GridView {
  const { setting, fromEnvironment, hasToken, nodeId } = facts;
  const address = parseGridAddress(setting.url);
  const loop = entry?.loop;
  const view = loop?.view;
  return {
    id: setting.id,
    url: setting.url,
    name: nameOf(setting.url),
    kind: "problem" in address ? "file" : address.kind,
    enabled: setting.enabled,
    weight: setting.weight,
    fromEnvironment,
    leaving: entry?.leaving ?? false,
    hasToken,
    syncedAtMs: loop?.syncedAtMs ?? null,
    fault: loop?.fault ?? null,
    queued: view?.queue.length ?? 0,
    eligible: loop?.choice?.eligible.length ?? 0,
    inProgress: view?.inProgress.size ?? 0,
    completed: view === undefined ? 0 : finished(view, DIRECTORIES.completed),
    failed: view === undefined ? 0 : finished(view, DIRECTORIES.failed),
    held: loop?.held.live().length ?? 0,
    requireSignatures: view?.settings.require_signatures ?? false,
    images: view?.settings.images === undefined ? null : [...view.settings.images],
    peers: view === undefined ? [] : peers(view, nodeId),
    peersOnline: loop === undefined ? 0 : loop.activeNodes.filter((id) => id !== nodeId).length,
  };
}

/** The end of an address: "someone/their-grid". */
export function nameOf(url: string): string {
  const parts = url
    .replace(/\.git\/?$/, "")
    .split(/[/:\\]+/)
    .filter((part) => part !== "");
  return parts.slice(url.startsWith("/") ? -1 : -2).join("/") || url;
}

/** Counted once a snapshot: a grid that has been at work for long has many. */
const counted = new WeakMap<Grid["tree"], Map<string, number>>();

function finished({ tree }: Grid, directory: string): number {
  let counts = counted.get(tree);
  if (counts === undefined) counted.set(tree, (counts = new Map<string, number>()));
  let count = counts.get(directory);
  if (count === undefined) {
    count = 0;
    for (const name of tree.list(directory).keys()) if (name.endsWith(".json")) count++;
    counts.set(directory, count);
  }
  return count;
}

function peers(view: Grid, nodeId: string): PeerView[] {
  const all = [...view.nodes.values()].map(
    ({ node }): PeerView => ({
      nodeId: node.node_id,
      name: (node.node_name ?? "").slice(0, 200),
      status: node.status,
      lastHeartbeatMs: parseTimestamp(node.last_heartbeat) ?? null,
      cpuCount: node.cpu_count ?? null,
      memoryGb: node.memory_gb ?? null,
      running: node.running ?? null,
      self: node.node_id === nodeId,
    }),
  );
  all.sort((a, b) => Number(b.self) - Number(a.self) || (b.lastHeartbeatMs ?? 0) - (a.lastHeartbeatMs ?? 0));
  return all.slice(0, PEERS_SHOWN);
}
