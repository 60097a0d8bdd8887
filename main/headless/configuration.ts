/**
 * What a worker is told by the environment and by flags (flags win), checked at start: every
 * error is named at once.
 */
import { availableParallelism, totalmem } from "node:os";
import { readFileSync } from "node:fs";
import envPaths from "env-paths";
import { z } from "zod";
import { ADDRESS_HELP, parseGridAddress, type GridAddress } from "../../shared/domain/grid-address.ts";
import { leastMemoryBytes, Limits, MEBIBYTE } from "../../shared/domain/limits.ts";
import { OwnNodeId } from "../../shared/domain/node.ts";
import { ImageRef } from "../../shared/domain/task.ts";
import { LOG_LEVELS, type LogLevel } from "./log.ts";

/** Each setting with its environment variable, its flag and what it means. */
export const SETTINGS = {
  nodeId: {
    env: "NODE_ID",
    flag: "--node-id <id>",
    help: "this node's id (default: host name and six random characters)",
  },
  repoUrl: { env: "DGRID_REPO_URL", flag: "--repo-url <url>", help: "the grid's Git repository" },
  gitTokenFile: {
    env: "GIT_TOKEN_FILE",
    flag: "--git-token-file <file>",
    help: "file with the token; or set GIT_TOKEN (never a flag: flags show in the process list)",
  },
  pullInterval: { env: "PULL_INTERVAL", flag: "--pull-interval <seconds>", help: "between polls (default 10)" },
  heartbeatInterval: {
    env: "HEARTBEAT_INTERVAL",
    flag: "--heartbeat-interval <seconds>",
    help: "between heartbeats, 0 for none (default: as the grid says, 60)",
  },
  logLevel: { env: "LOG_LEVEL", flag: "--log-level <level>", help: "DEBUG, INFO, WARNING or ERROR (default INFO)" },
  dataDir: { env: "DGRID_DATA_DIR", flag: "--data-dir <folder>", help: "where clones, history and settings live" },
  image: { env: "DGRID_IMAGE", flag: "--image <image>", help: "for tasks that name none (default python:3.11-alpine)" },
  allowedImages: {
    env: "DGRID_IMAGES",
    flag: "--images <images>",
    help: "further images you allow, separated by commas",
  },
  parallel: {
    env: "DGRID_PARALLEL",
    flag: "--parallel <tasks>",
    help: "tasks side by side (default: one a core given, at most 4)",
  },
  cpus: { env: "DGRID_CPUS", flag: "--cpus <cores>", help: "cores for all tasks together (default: half, at least 1)" },
  memoryMb: {
    env: "DGRID_MEMORY_MB",
    flag: "--memory-mb <MiB>",
    help: "memory for all tasks together (default: a quarter)",
  },
  leaseSeconds: {
    env: "DGRID_LEASE_SECONDS",
    flag: "--lease-seconds <seconds>",
    help: "how long a claim lives unrenewed (default: as the grid says)",
  },
  tasksPerHour: {
    env: "DGRID_TASKS_PER_HOUR",
    flag: "--tasks-per-hour <tasks>",
    help: "at most this many (default: unlimited)",
  },
  dockerHost: {
    env: "DOCKER_HOST",
    flag: "--docker-host <address>",
    help: "the container engine (default: found by itself)",
  },
} as const satisfies Record<string, { env: string; flag: string; help: string }>;

export type SettingName = keyof typeof SETTINGS;

const number = (least: number, most: number) => z.coerce.number().min(least).max(most);
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const Fields = z.object({
  nodeId: OwnNodeId.optional(),
  repoUrl: z.string({ error: "is needed: the address of the grid's Git repository" }),
  gitTokenFile: z.string().min(1).optional(),
  pullInterval: number(1, 3600).default(10),
  heartbeatInterval: number(0, 3600).optional(),
  logLevel: z.enum(LOG_LEVELS).default("INFO"),
  dataDir: z.string().min(1).optional(),
  image: ImageRef.default("python:3.11-alpine"),
  allowedImages: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((image) => image.trim())
        .filter((image) => image !== ""),
    )
    .pipe(z.array(ImageRef))
    .default([]),
  parallel: whole(1, 64).optional(),
  cpus: number(0.1, 1024).optional(),
  memoryMb: whole(144, 4_194_304).optional(),
  leaseSeconds: whole(5, 3600).optional(),
  tasksPerHour: whole(1, 1_000_000).optional(),
  dockerHost: z.string().min(1).optional(),
});

export interface Configuration {
  readonly nodeId: string | undefined;
  readonly address: GridAddress;
  readonly token: string | undefined;
  readonly pullIntervalMs: number;
  readonly heartbeatMs: number | undefined;
  readonly logLevel: LogLevel;
  readonly dataDir: string;
  readonly image: string;
  readonly images: readonly string[];
  readonly limits: Limits;
  readonly leaseSeconds: number | undefined;
  readonly tasksPerHour: number | undefined;
  readonly dockerHost: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration, or one sentence for each thing that is wrong with it. */
export function readConfiguration(
  flags: Partial<Record<SettingName, string>>,
  env: Environment,
): { value: Configuration } | { errors: string[] } {
  const raw: Record<string, string> = {};
  for (const [name, { env: variable }] of Object.entries(SETTINGS)) {
    const value = flags[name as SettingName] ?? env[variable];
    if (value !== undefined && value !== "") raw[name] = value;
  }
  const errors: string[] = [];
  const parsed = Fields.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const setting = SETTINGS[issue.path[0] as SettingName];
      errors.push(`${setting.env} (${setting.flag.split(" ")[0]}): ${issue.message}`);
    }
  }
  const address = raw["repoUrl"] === undefined ? undefined : parseGridAddress(raw["repoUrl"]);
  if (address !== undefined && "problem" in address)
    errors.push(`DGRID_REPO_URL (--repo-url): ${ADDRESS_HELP[address.problem]}`);
  const token = readToken(env, raw["gitTokenFile"], errors);
  const limits = parsed.success ? readLimits(parsed.data, errors) : undefined;
  if (errors.length > 0 || !parsed.success || address === undefined || "problem" in address || limits === undefined)
    return { errors };
  const { data } = parsed;
  return {
    value: {
      nodeId: data.nodeId,
      address,
      token,
      pullIntervalMs: data.pullInterval * 1000,
      heartbeatMs: data.heartbeatInterval === undefined ? undefined : data.heartbeatInterval * 1000,
      logLevel: data.logLevel,
      dataDir: data.dataDir ?? envPaths("dgrid", { suffix: "" }).data,
      image: data.image,
      images: data.allowedImages,
      limits,
      leaseSeconds: data.leaseSeconds,
      tasksPerHour: data.tasksPerHour,
      dockerHost: data.dockerHost,
    },
  };
}

/** The token of GIT_TOKEN or of a file; a token that cannot be one is an error, never shown. */
export function readToken(env: Environment, file: string | undefined, errors: string[]): string | undefined {
  let token = env["GIT_TOKEN"];
  if (file !== undefined && file !== "") {
    try {
      token = readFileSync(file, "utf8").trim();
    } catch (error) {
      errors.push(
        `GIT_TOKEN_FILE (--git-token-file): cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"})`,
      );
    }
  }
  if (token === undefined || token === "") return undefined;
  if (/^[\x21-\x7e]{1,1000}$/.test(token)) return token;
  errors.push("GIT_TOKEN: contains white space or characters that no token has");
  return undefined;
}

function readLimits(data: z.infer<typeof Fields>, errors: string[]): Limits | undefined {
  const cpus = data.cpus ?? Math.max(1, availableParallelism() / 2);
  const parallel = data.parallel ?? Math.min(4, Math.max(1, Math.floor(cpus)));
  const memoryBytes = data.memoryMb === undefined ? Math.floor(totalmem() / 4) : data.memoryMb * MEBIBYTE;
  const limits = Limits.safeParse({ cpus, parallel, memoryBytes });
  if (!limits.success) {
    errors.push(`limits: ${limits.error.issues[0]?.message ?? "invalid"}`);
    return undefined;
  }
  const least = leastMemoryBytes(limits.data.tmpBytes) * parallel;
  if (memoryBytes < least) {
    errors.push(
      `DGRID_MEMORY_MB (--memory-mb): ${parallel} tasks side by side need at least ${Math.ceil(least / MEBIBYTE)} MiB`,
    );
    return undefined;
  }
  return limits.data;
}
