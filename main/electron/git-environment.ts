/**
 * What Git inherits in a desktop application: a PATH on which Git is, and the system's proxy. A
 * program started from a menu has a shorter PATH than one started in a terminal.
 */
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Session } from "electron";
import type { Log } from "../engine/ports.ts";

const PROXY_EVERY_MS = 60_000;
const PROXY_MOST_MS = 2_000;
/** Most grids are here, and most systems have one proxy for all. */
const USUAL_ADDRESS = "https://github.com/";
/** Looking again whether Git is there: cheap, but not for every question. */
const LOOK_EVERY_MS = 2_000;

/** A Mac without developer tools has a "git" here that only offers to install them. */
const MAC_STUBS = "/usr/bin";
/** Says where developer tools are that stand in another place than usual. */
const MAC_TOOLS_CHOSEN = "/var/db/xcode_select_link";

type Environment = NodeJS.ProcessEnv;

export interface Surroundings {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Of the packaged application; a Git that came with it is here. */
  readonly resources: string | undefined;
  readonly exists: (file: string) => boolean;
}

/** Folders in which systems and package managers have Git, the one that came with the application first. */
export function gitFolders({ env, platform, resources, exists }: Surroundings): readonly string[] {
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
    return [
      ...bundled,
      "/opt/homebrew/bin",
      "/usr/local/bin",
      "/opt/local/bin",
      "/Library/Developer/CommandLineTools/usr/bin",
      "/Applications/Xcode.app/Contents/Developer/usr/bin",
      ...onPath.filter((folder) => folder !== MAC_STUBS || exists(MAC_TOOLS_CHOSEN)),
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
  return gitFolders(surroundings).find((folder) => hasGit(folder, surroundings));
}

function hasGit(folder: string, { platform, exists }: Surroundings): boolean {
  return exists(join(folder, platform === "win32" ? "git.exe" : "git"));
}

export class GitEnvironments {
  readonly #surroundings: Surroundings;
  readonly #session: Pick<Session, "resolveProxy">;
  readonly #log: Log;
  readonly #byUrl = new Map<string, { env: Environment; proxy: string | undefined; askedAtMs: number }>();
  readonly #pathBefore: string;
  #folder: string | undefined;
  /** With Git's folder in it. */
  #path: string;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** Of addresses that were not asked for yet. */
  #usualProxy: string | undefined;

  constructor(surroundings: Surroundings, session: Pick<Session, "resolveProxy">, log: Log) {
    this.#surroundings = surroundings;
    this.#session = session;
    this.#log = log;
    this.#pathBefore = surroundings.env["PATH"] ?? surroundings.env["Path"] ?? "";
    this.#path = this.#pathBefore;
  }

  /** Asks for the system's proxy, so that the first fetch already knows it; gives up after a moment. */
  async prepare(): Promise<void> {
    const late = setTimeout(PROXY_MOST_MS, "DIRECT", { ref: false });
    try {
      this.#usualProxy = proxyOf(await Promise.race([this.#session.resolveProxy(USUAL_ADDRESS), late]));
    } catch (error) {
      this.#log.warn({ error: String(error) }, "the system's proxy cannot be told");
    }
  }

  /** What Git inherits for an address; the same object until something of it changes. */
  of(url: string): Environment {
    const before = this.#byUrl.get(url);
    this.#lookForGit();
    const nowMs = performance.now();
    let entry = before;
    if (entry === undefined || entry.env["PATH"] !== this.#path) {
      entry = {
        env: this.#made(before === undefined ? this.#usualProxy : before.proxy),
        proxy: before === undefined ? this.#usualProxy : before.proxy,
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
        this.#byUrl.set(url, { ...entry, proxy, env: this.#made(proxy) });
      },
      (error: unknown) => this.#log.warn({ error: String(error) }, "the system's proxy cannot be told"),
    );
  }

  #lookForGit(): void {
    const nowMs = performance.now();
    if (nowMs - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = nowMs;
    if (this.#folder !== undefined && hasGit(this.#folder, this.#surroundings)) return;
    // By the PATH that was there before: what is found is put before it.
    const { env, ...rest } = this.#surroundings;
    this.#folder = findGit({ ...rest, env: { ...env, PATH: this.#pathBefore } });
    this.#path = this.#pathTo(this.#folder);
    // For whatever else starts Git: the demo grid, the health check.
    env["PATH"] = this.#path;
  }

  #pathTo(folder: string | undefined): string {
    const folders = this.#pathBefore.split(delimiter);
    if (folder !== undefined) {
      // The donor's own order stays where it leads to the same Git.
      const first = folders.find((one) => hasGit(one, this.#surroundings));
      return first === folder ? this.#pathBefore : [folder, ...folders].join(delimiter);
    }
    // Asked whether it is there, the stub would show its offer again and again.
    if (this.#surroundings.platform === "darwin") return folders.filter((one) => one !== MAC_STUBS).join(delimiter);
    return this.#pathBefore;
  }

  /** A Git that came with the application on a Mac was built for another place, and is told its own. */
  #bundled(): Environment {
    const { platform, resources } = this.#surroundings;
    if (platform !== "darwin" || resources === undefined || this.#folder !== join(resources, "git", "bin")) return {};
    return { GIT_EXEC_PATH: join(resources, "git", "libexec", "git-core") };
  }

  #made(proxy: string | undefined): Environment {
    const { env } = this.#surroundings;
    const own = { ...env, PATH: this.#path, ...this.#bundled() };
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
