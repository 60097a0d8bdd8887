/**
 * What a worker is told by the environment and by flags (flags win), checked at start: every
 * error is named at once.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import envPaths from "env-paths";
import { z } from "zod";
import { ADDRESS_HELP, parseGridAddress, type GridAddress } from "../../shared/domain/grid-address.ts";
import type { Override } from "../../shared/contract/views.ts";
import { leastMemoryBytes, MEBIBYTE } from "../../shared/domain/limits.ts";
import { OwnNodeId } from "../../shared/domain/node.ts";
import { ImageRef } from "../../shared/domain/task.ts";
import { effectiveLimits, type Given } from "../../shared/settings/effective.ts";
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
  port: {
    env: "DGRID_DASHBOARD_PORT",
    flag: "--port <port>",
    help: "the dashboard's port, 0 for any free one (default 8000, or any free one where that is taken)",
  },
  host: {
    env: "DGRID_DASHBOARD_HOST",
    flag: "--host <address>",
    help: "the dashboard's address (default 127.0.0.1; another needs DGRID_DASHBOARD_TOKEN)",
  },
  dashboardHosts: {
    env: "DGRID_DASHBOARD_NAMES",
    flag: "--dashboard-names <names>",
    help: "names by which browsers may reach the dashboard at another address, separated by commas",
  },
} as const satisfies Record<string, { env: string; flag: string; help: string }>;

export type SettingName = keyof typeof SETTINGS;

const number = (least: number, most: number) => z.coerce.number().min(least).max(most);
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const Fields = z.object({
  nodeId: OwnNodeId.optional(),
  repoUrl: z.string().optional(),
  gitTokenFile: z.string().min(1).optional(),
  pullInterval: number(1, 3600).default(10),
  heartbeatInterval: number(0, 3600).optional(),
  logLevel: z.enum(LOG_LEVELS).default("INFO"),
  dataDir: z.string().min(1).optional(),
  image: ImageRef.optional(),
  allowedImages: z.string().transform(words).pipe(z.array(ImageRef)).optional(),
  parallel: whole(1, 64).optional(),
  cpus: number(0.1, 1024).optional(),
  memoryMb: whole(144, 4_194_304).optional(),
  leaseSeconds: whole(5, 3600).optional(),
  tasksPerHour: whole(1, 1_000_000).optional(),
  dockerHost: z.string().min(1).optional(),
  port: whole(0, 65_535).optional(),
  host: z.string().min(1).max(255).default("127.0.0.1"),
  dashboardHosts: z
    .string()
    .transform(words)
    .pipe(z.array(z.string().regex(/^[a-z0-9.-]+$/i)))
    .default([]),
});

function words(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** Where the dashboard is served. */
export interface DashboardConfiguration {
  readonly host: string;
  /** undefined: 8000, or any free one where that is taken. */
  readonly port: number | undefined;
  /** Set by the donor; undefined makes one for each start. */
  readonly token: string | undefined;
  readonly names: readonly string[];
}

export interface Configuration {
  readonly nodeId: string | undefined;
  /** The grid that environment or flag name; the donor's settings may name others. */
  readonly address: GridAddress | undefined;
  readonly token: string | undefined;
  readonly pullIntervalMs: number;
  readonly heartbeatMs: number | undefined;
  readonly logLevel: LogLevel;
  readonly dataDir: string;
  /** What environment and flags decide of the rules. */
  readonly given: Given;
  readonly overrides: readonly Override[];
  readonly leaseSeconds: number | undefined;
  readonly dockerHost: string | undefined;
  readonly dashboard: DashboardConfiguration;
}

/** Which setting of the interface each of ours decides. */
const OVERRIDES: Partial<Record<SettingName, string>> = {
  cpus: "limits.cpus",
  memoryMb: "limits.memoryBytes",
  parallel: "limits.parallel",
  tasksPerHour: "policy.tasksPerHour",
  image: "images.default",
  allowedImages: "images.allowed",
};

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
  const given = parsed.success ? readGiven(parsed.data, errors) : {};
  const dashboardToken = env["DGRID_DASHBOARD_TOKEN"];
  if (errors.length > 0 || !parsed.success || (address !== undefined && "problem" in address)) return { errors };
  const { data } = parsed;
  return {
    value: {
      nodeId: data.nodeId,
      address,
      token,
      pullIntervalMs: data.pullInterval * 1000,
      heartbeatMs: data.heartbeatInterval === undefined ? undefined : data.heartbeatInterval * 1000,
      logLevel: data.logLevel,
      dataDir: resolve(data.dataDir ?? envPaths("dgrid", { suffix: "" }).data),
      given,
      overrides: Object.keys(raw).flatMap((name) => {
        const setting = OVERRIDES[name as SettingName];
        return setting === undefined ? [] : [{ setting, variable: SETTINGS[name as SettingName].env }];
      }),
      leaseSeconds: data.leaseSeconds,
      dockerHost: data.dockerHost,
      dashboard: {
        host: data.host,
        port: data.port,
        token: dashboardToken === "" ? undefined : dashboardToken,
        names: data.dashboardHosts,
      },
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

function readGiven(data: z.infer<typeof Fields>, errors: string[]): Given {
  const given: Given = {
    ...(data.cpus === undefined ? {} : { cpus: data.cpus }),
    ...(data.memoryMb === undefined ? {} : { memoryBytes: data.memoryMb * MEBIBYTE }),
    ...(data.parallel === undefined ? {} : { parallel: data.parallel }),
    ...(data.tasksPerHour === undefined ? {} : { tasksPerHour: data.tasksPerHour }),
    ...(data.image === undefined ? {} : { image: data.image }),
    ...(data.allowedImages === undefined ? {} : { images: data.allowedImages }),
  };
  const { parallel, memoryBytes } = given;
  if (parallel !== undefined && memoryBytes !== undefined) {
    const { tmpBytes } = effectiveLimits({}, given, { cpuCount: 1, memoryBytes });
    const least = leastMemoryBytes(tmpBytes) * parallel;
    if (memoryBytes < least)
      errors.push(
        `DGRID_MEMORY_MB (--memory-mb): ${parallel} tasks side by side need at least ${Math.ceil(least / MEBIBYTE)} MiB`,
      );
  }
  return given;
}
