import { fileURLToPath } from "node:url";
import type { ClaimSide } from "./claims.ts";

/** The real engine and Git adapter, without containers. */
export const OURS: ClaimSide = {
  name: "dgrid",
  batches: [1, 4],
  command: (url, node, batch) => [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    fileURLToPath(new URL("claim-worker.ts", import.meta.url)),
    "--url",
    url,
    "--node",
    node,
    "--batch",
    String(batch),
  ],
};
