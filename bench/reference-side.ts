import { fileURLToPath } from "node:url";
import type { ClaimSide } from "./claims.ts";

/** The seed's algorithm; it knows no batches. */
export const REFERENCE: ClaimSide = {
  name: "reference",
  batches: [1],
  command: (url, node) => [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    fileURLToPath(new URL("reference.ts", import.meta.url)),
    "--url",
    url,
    "--node",
    node,
  ],
};
