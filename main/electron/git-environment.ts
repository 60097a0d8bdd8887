/**
 * What Git inherits in a desktop application: a PATH on which Git is, and the system's proxy. A
 * program started from a menu has a shorter PATH than one started in a terminal.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Session } from "electron";
import type { Log } from "../engine/ports.ts";

const PROXY_EVERY_MS = 60_000;
/** Looking again for a Git that was missing: cheap, but not for every question. */
const LOOK_EVERY_MS = 2_000;

type Environment = NodeJS.ProcessEnv;

export interface Surroundings {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Of the packaged application; a Git that came with it is here. */
  readonly resources: string | undefined;
}

/** Folders in which systems and package managers have Git, the one that came with the application first. */
export function gitFolders({ env, platform, resources }: Surroundings): readonly string[] {
  const bundled = resources === undefined ? [] : [join(resources, "git", platform === "win32" ? "cmd" : "bin")];
  const onPath = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter((folder) => folder !== "");
  if (platform === "win32")
    return [
      ...bundled,
      ...onPath,
      ...[env["ProgramFiles"], env["ProgramFiles(x86)"]].flatMap((root) => under(root, "Git", "cmd")),
      ...under(env["LOCALAPPDATA"], "Programs", "Git", "cmd"),
      ...under(env["USERPROFILE"], "scoop", "shims"),
    ];
  if (platform === "darwin")
    // /usr/bin/git of a Mac without developer tools only offers to install them: last.
    return [
      ...bundled,
      "/opt/homebrew/bin",
      "/usr/local/bin",
      "/opt/local/bin",
      "/Library/Developer/CommandLineTools/usr/bin",
      ...onPath,
    ];
  return [
    ...onPath,
    "/usr/local/bin",
    "/usr/bin",
    "/bin",
    "/snap/bin",
    "/home/linuxbrew/.linuxbrew/bin",
    ...under(env["HOME"], ".local", "bin"),
  ];
}

/** The folder that Git is in, or undefined. */
export function findGit(surroundings: Surroundings): string | undefined {
  const name = surroundings.platform === "win32" ? "git.exe" : "git";
  return gitFolders(surroundings).find((folder) => existsSync(join(folder, name)));
}

export class GitEnvironments {
  readonly #surroundings: Surroundings;
  readonly #session: Pick<Session, "resolveProxy">;
  readonly #log: Log;
  readonly #byUrl = new Map<string, { env: Environment; proxy: string | undefined; askedAtMs: number }>();
  #folder: string | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(surroundings: Surroundings, session: Pick<Session, "resolveProxy">, log: Log) {
    this.#surroundings = surroundings;
    this.#session = session;
    this.#log = log;
  }

  /** What Git inherits for an address; the same object until something of it changes. */
  of(url: string): Environment {
    const before = this.#byUrl.get(url);
    const folder = this.#gitFolder();
    const nowMs = performance.now();
    let entry = before;
    if (entry === undefined || entry.env["PATH"] !== this.#path(folder)) {
      entry = {
        env: this.#made(folder, before?.proxy),
        proxy: before?.proxy,
        askedAtMs: before?.askedAtMs ?? -PROXY_EVERY_MS,
      };
      this.#byUrl.set(url, entry);
    }
    if (nowMs - entry.askedAtMs >= PROXY_EVERY_MS && /^https?:/i.test(url)) {
      entry.askedAtMs = nowMs;
      this.#askProxy(url);
    }
    return entry.env;
  }

  #askProxy(url: string): void {
    this.#session.resolveProxy(url).then(
      (answer) => {
        const entry = this.#byUrl.get(url);
        const proxy = proxyOf(answer);
        if (entry === undefined || entry.proxy === proxy) return;
        this.#byUrl.set(url, { ...entry, proxy, env: this.#made(this.#folder, proxy) });
      },
      (error: unknown) => this.#log.warn({ error: String(error) }, "the system's proxy cannot be told"),
    );
  }

  #gitFolder(): string | undefined {
    const nowMs = performance.now();
    if (this.#folder === undefined && nowMs - this.#lookedAtMs >= LOOK_EVERY_MS) {
      this.#lookedAtMs = nowMs;
      this.#folder = findGit(this.#surroundings);
      // For whatever else starts Git: the demo grid, the health check.
      this.#surroundings.env["PATH"] = this.#path(this.#folder);
    }
    return this.#folder;
  }

  #path(folder: string | undefined): string {
    const path = this.#surroundings.env["PATH"] ?? this.#surroundings.env["Path"] ?? "";
    return folder === undefined || path.split(delimiter).includes(folder) ? path : [folder, path].join(delimiter);
  }

  /** A Git that came with the application on a Mac was built for another place, and is told its own. */
  #bundled(folder: string | undefined): Environment {
    const { platform, resources } = this.#surroundings;
    if (platform !== "darwin" || resources === undefined || folder !== join(resources, "git", "bin")) return {};
    return { GIT_EXEC_PATH: join(resources, "git", "libexec", "git-core") };
  }

  #made(folder: string | undefined, proxy: string | undefined): Environment {
    const { env } = this.#surroundings;
    const own = { ...env, PATH: this.#path(folder), ...this.#bundled(folder) };
    // What the donor's own environment says wins over the system's settings.
    if (proxy === undefined || env["https_proxy"] !== undefined || env["HTTPS_PROXY"] !== undefined) return own;
    return { ...own, https_proxy: proxy, http_proxy: proxy };
  }
}

/** "PROXY host:port; DIRECT", as browsers write it, in Git's words; undefined where none is needed. */
export function proxyOf(answer: string): string | undefined {
  const [first = ""] = answer.split(";");
  const match = /^\s*(PROXY|HTTPS|SOCKS5?|SOCKS4)\s+([\w.-]+:\d{1,5}|\[[0-9a-f:]+\]:\d{1,5})\s*$/i.exec(first);
  if (match === null) return undefined;
  const scheme = { PROXY: "http", HTTPS: "https", SOCKS: "socks5", SOCKS5: "socks5", SOCKS4: "socks4" };
  return `${scheme[(match[1] ?? "").toUpperCase() as keyof typeof scheme]}://${match[2]}`;
}

function under(root: string | undefined, ...parts: readonly string[]): readonly string[] {
  return root === undefined ? [] : [join(root, ...parts)];
}
