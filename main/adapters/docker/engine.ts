import { inspect } from "node:util";
import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { join } from "node:path";
import Docker from "dockerode";
import type { RuntimeInfo } from "../../engine/ports.ts";
import { ask, type Answer, type AskOptions } from "./engine-answer.ts";
import { showAddress, type EngineAddress } from "./engine-address.ts";

/** What an engine can do, as far as the options of a container depend on it. */
export interface EngineTraits {
  readonly cgroupVersion: 1 | 2;
  /** Podman's compatible socket: it has no log driver `local`. */
  readonly podman: boolean;
}

export interface EngineDescription {
  readonly info: RuntimeInfo;
  readonly traits: EngineTraits;
  /** The engine's own clock, ms since the epoch. */
  readonly nowMs: number;
  readonly osType: string;
  readonly runtimes: readonly string[];
}

/** A connection to one engine. Every request goes through its own socket. */
export class Engine {
  readonly address: EngineAddress;
  readonly docker: Docker;

  /**
   * @throws where the certificates of a TLS address cannot be read.
   */
  constructor(address: EngineAddress) {
    this.address = address;
    this.docker = new Docker(connectOptions(address));
  }

  container(id: string): Docker.Container {
    return this.docker.getContainer(id);
  }

  ping(options: AskOptions): Promise<Answer<unknown>> {
    // The declared type forgets that ping takes options.
    const docker = this.docker as unknown as { ping(options: { abortSignal: AbortSignal }): Promise<unknown> };
    return ask("ping", (abortSignal) => docker.ping({ abortSignal }), options);
  }

  async describe(options: AskOptions): Promise<Answer<EngineDescription>> {
    const info = await ask("info", () => this.docker.info() as Promise<unknown>, options);
    if (!info.ok) return info;
    const version = await ask("version", () => this.docker.version() as Promise<unknown>, options);
    if (!version.ok) return version;
    return { ok: true, value: describe(this.address, record(info.value), record(version.value)) };
  }
}

function describe(address: EngineAddress, info: Fields, version: Fields): EngineDescription {
  const components = Array.isArray(version.Components) ? version.Components.map((c) => text(record(c).Name)) : [];
  const podman = components.some((name) => /podman/i.test(name));
  const cgroupVersion = text(info.CgroupVersion) === "2" ? 2 : 1;
  const engineNow = Date.parse(text(info.SystemTime));
  return {
    info: {
      engine: podman ? "Podman" : "Docker",
      version: text(version.Version),
      address: showAddress(address),
      cgroupVersion,
      cpus: number(info.NCPU),
      memoryBytes: number(info.MemTotal),
    },
    traits: { cgroupVersion, podman },
    nowMs: Number.isNaN(engineNow) ? Date.now() : engineNow,
    osType: text(info.OSType),
    runtimes: Object.keys(record(info.Runtimes)),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Narrows a part of an answer; what has another shape counts as empty. */
export function record(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** The declared type leaves out the agent, which dockerode documents. */
type ConnectOptions = Docker.DockerOptions & { readonly agent: HttpAgent };

/**
 * Everything is given explicitly, because dockerode otherwise completes it from process.env.
 * Sockets are not kept alive: after an engine's restart, or while it stops, a kept one would
 * still answer for an engine that takes no new requests any more.
 */
function connectOptions(address: EngineAddress): ConnectOptions {
  const none = { host: undefined, port: undefined, ca: undefined, cert: undefined, key: undefined, timeout: undefined };
  if (address.kind === "socket") {
    return { ...none, protocol: "http", socketPath: address.path, agent: terse(new HttpAgent({ keepAlive: false })) };
  }
  const target = { ...none, socketPath: undefined, host: address.host, port: address.port };
  if (address.certPath === undefined) {
    return { ...target, protocol: "http", agent: terse(new HttpAgent({ keepAlive: false })) };
  }
  return {
    ...target,
    protocol: "https",
    ...certificates(address.certPath),
    agent: terse(new HttpsAgent({ keepAlive: false })),
  };
}

/** Certificates in Docker's own layout; an empty path leaves it to the system's authorities. */
export function certificates(certPath: string): { ca?: string; cert?: string; key?: string } {
  if (certPath === "") return {};
  const read = (name: string): string => readFileSync(join(certPath, name), "utf8");
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}

/**
 * docker-modem writes every request's options out for its debug log, read or not, the agent with all
 * its sockets among them: half of what a task costs. An agent that says little of itself spares that.
 */
function terse<T extends object>(agent: T): T {
  return Object.defineProperty(agent, inspect.custom, { value: () => "agent" });
}
