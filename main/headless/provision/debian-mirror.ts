import { runProgram } from "./run-program.ts";
import type { ThisSystem } from "./this-system.ts";

const PUBLIC_MIRROR = "http://deb.debian.org/debian";

/** Where Debian's packages come from here, and the proxy that apt goes through, if any. */
export interface DebianMirror {
  readonly url: string;
  readonly proxy?: string;
}

/** The mirror that this system's apt uses; Debian's public one on other systems. */
export async function debianMirror(system: ThisSystem, signal: AbortSignal): Promise<DebianMirror> {
  if (!system.apt) return { url: PUBLIC_MIRROR };
  const format = "$(RELEASE) $(COMPONENT) $(REPO_URI)";
  const targets = await runProgram("apt-get", ["indextargets", "--format", format, "Created-By: Packages"], { signal });
  const configured = await runProgram("apt-config", ["dump", "--format", "%v%n", "Acquire::http::Proxy"], { signal });
  const url = system.debian ? mirrorOf(targets.stdout) : undefined;
  const proxy = configured.stdout.split("\n")[0]?.trim() ?? "";
  return { url: url ?? PUBLIC_MIRROR, ...(proxy.startsWith("http") ? { proxy } : {}) };
}

/**
 * The address of the main archive in lines of "release component address". Security, updates and
 * backports are archives of another kind; third parties have other components or other releases.
 */
export function mirrorOf(targets: string): string | undefined {
  const release = /^(bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable)$/;
  for (const line of targets.split("\n")) {
    const [name = "", component, url = ""] = line.split(" ");
    if (release.test(name) && component === "main" && /^https?:\/\//.test(url) && /\/debian\/?$/.test(url)) {
      return url.replace(/\/$/, "");
    }
  }
  return undefined;
}
