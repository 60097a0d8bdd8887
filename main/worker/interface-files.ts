import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder of the built interface: beside this program where it is built, else where `npm run build` puts it. */
export function interfaceFiles(): string {
  const built = join(import.meta.dirname, "../renderer");
  return existsSync(join(built, "index.html")) ? built : join(import.meta.dirname, "../../dist/renderer");
}
