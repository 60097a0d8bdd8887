import { posix } from "node:path";

/** Where an engine may listen. Travels to the dead-man's switch as JSON, so it holds plain data only. */
export type EngineAddress =
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly certPath?: string };

/** What of this machine decides where engines are looked for. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The user's number; undefined on Windows. */
  readonly uid: number | undefined;
}

const WINDOWS_PIPE = "//./pipe/docker_engine";
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * The addresses to try, best first: DOCKER_HOST alone where it is set, because it is the donor's
 * explicit choice; else the sockets that the known engines make.
 *
 * @returns undefined where DOCKER_HOST is set to something that names no engine.
 */
export function engineAddresses(where: Surroundings): readonly EngineAddress[] | undefined {
  const chosen = where.env.DOCKER_HOST;
  if (chosen !== undefined && chosen !== "") {
    const address = parseDockerHost(chosen, where.env);
    return address === undefined ? undefined : [address];
  }
  return wellKnown(where).map((path) => ({ kind: "socket", path }));
}

/** How an address is shown to the donor, in DOCKER_HOST's own notation. */
export function showAddress(address: EngineAddress): string {
  if (address.kind === "tcp") return `tcp://${address.host}:${address.port}`;
  return address.path.startsWith("//./pipe/") ? `npipe://${address.path}` : `unix://${address.path}`;
}

function parseDockerHost(text: string, env: Surroundings["env"]): EngineAddress | undefined {
  const unix = /^unix:\/\/(\/.+)$/.exec(text)?.[1] ?? /^(\/.+)$/.exec(text)?.[1];
  if (unix !== undefined) return { kind: "socket", path: unix };
  const pipe = /^npipe:\/\/(.*)$/.exec(text)?.[1];
  if (pipe !== undefined) return { kind: "socket", path: pipe === "" ? WINDOWS_PIPE : pipe };
  const tcp = /^(?:tcp|http|https):\/\/(\[[0-9A-Fa-f:.]+\]|[^:/@[\]]+)(?::(\d{1,5}))?\/?$/.exec(text);
  if (tcp?.[1] === undefined) return undefined;
  const tls = (env.DOCKER_TLS_VERIFY ?? "") !== "" || text.startsWith("https:") || tcp[2] === String(TLS_PORT);
  const certPath = env.DOCKER_CERT_PATH ?? "";
  return {
    kind: "tcp",
    host: tcp[1].replace(/^\[|\]$/g, ""),
    port: tcp[2] === undefined ? (tls ? TLS_PORT : PLAIN_PORT) : Number(tcp[2]),
    ...(tls ? { certPath } : {}),
  };
}

function wellKnown({ env, platform, home, uid }: Surroundings): readonly string[] {
  if (platform === "win32") return [WINDOWS_PIPE, "//./pipe/podman-machine-default"];
  const underHome = (path: string): string => posix.join(home, path);
  const runtime = env.XDG_RUNTIME_DIR ?? (uid === undefined ? undefined : `/run/user/${uid}`);
  const paths = [
    "/var/run/docker.sock",
    ...(runtime === undefined ? [] : [posix.join(runtime, "docker.sock")]),
    underHome(".docker/run/docker.sock"),
    underHome(".docker/desktop/docker.sock"),
    underHome(".colima/default/docker.sock"),
    underHome(".config/colima/default/docker.sock"),
    underHome(".orbstack/run/docker.sock"),
    ...(runtime === undefined ? [] : [posix.join(runtime, "podman/podman.sock")]),
    underHome(".local/share/containers/podman/machine/podman.sock"),
    "/run/podman/podman.sock",
  ];
  return [...new Set(paths)];
}
