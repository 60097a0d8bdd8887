import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** What of this machine decides whether and how something may be installed. */
export interface ThisSystem {
  readonly root: boolean;
  /** The distribution's packages come by apt: Debian, Ubuntu and what derives from them. */
  readonly apt: boolean;
  /** Debian itself, so that the system's mirror has Debian's packages. */
  readonly debian: boolean;
  /** The donor did not forbid it with DGRID_PROVISION=0. */
  readonly allowed: boolean;
}

export function readThisSystem(env: Environment): ThisSystem {
  const file = "/etc/os-release";
  const release = parseOsRelease(existsSync(file) ? readFileSync(file, "utf8") : "");
  const kinds = [release["ID"] ?? "", ...(release["ID_LIKE"] ?? "").split(" ")];
  return {
    root: process.getuid?.() === 0,
    apt:
      process.platform === "linux" &&
      (kinds.includes("debian") || kinds.includes("ubuntu")) &&
      isProgram("apt-get", env),
    debian: release["ID"] === "debian",
    allowed: env["DGRID_PROVISION"] !== "0",
  };
}

/** The assignments of an os-release file; quotes taken off. */
export function parseOsRelease(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)];
  return Object.fromEntries(
    pairs.map(([, key = "", value = ""]) => [key, value.trim().replace(/^(["'])(.*)\1$/, "$2")]),
  );
}

/** Where a program of this name is: on the PATH, or where administrators' programs are. */
export function findProgram(name: string, env: Environment): string | undefined {
  const folders = [...(env["PATH"] ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

export function isProgram(name: string, env: Environment): boolean {
  return findProgram(name, env) !== undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    // Not there, or not for us: both are the answer.
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
