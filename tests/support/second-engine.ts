import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { removeMountedFolder } from "../../main/headless/provision/mounted-folder.ts";
import { engineRequest, IMAGE, until } from "./docker.ts";

/** An engine that a test may stop, kill and start again. */
export class SecondEngine {
  readonly host: string;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "dgrid-2nd-"));
    this.host = `unix://${join(this.#folder, "docker.sock")}`;
  }

  async start(): Promise<void> {
    const config = join(this.#folder, "daemon.json");
    writeFileSync(config, "{}");
    const log = openSync(join(this.#folder, "log"), "a");
    const folders = [
      ["--data-root", "data"],
      ["--exec-root", "exec"],
      ["--pidfile", "pid"],
    ];
    const args = folders.flatMap(([flag, name]) => [String(flag), join(this.#folder, String(name))]);
    // A namespace of its own: where a containerd runs already, it is shared.
    const names = [
      "--containerd-namespace",
      `dgrid-2nd-${process.pid}`,
      "--containerd-plugins-namespace",
      `dgrid-2nd-p-${process.pid}`,
    ];
    const network = ["--iptables=false", "--bridge=none", "--shutdown-timeout=5"];
    this.#process = spawn("dockerd", ["--config-file", config, ...args, ...names, ...network, "-H", this.host], {
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const answers = (): Promise<boolean> =>
      engineRequest("GET", "/_ping", { host: this.host }).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until("the second engine answers", answers);
  }

  /** Ends it in order (SIGTERM, which ends its containers too) or at once. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const engine = this.#process;
    if (engine === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
    this.#process = undefined;
    const exited = new Promise((resolve) => engine.once("exit", resolve));
    engine.kill(signal);
    await exited;
    if (signal !== "SIGKILL") return;
    // A killed engine's containerd follows it. One that nobody has waited for yet looks alive to a
    // new engine, which would then wait for it in vain: its mark is taken away.
    const mark = join(this.#folder, "exec/containerd/containerd.pid");
    const containerd = Number.parseInt(readFileSync(mark, "utf8"), 10);
    await until("its containerd has ended", () => !isRunning(containerd));
    rmSync(mark);
  }

  /** Copies the task image from the provided engine. */
  async copyImage(): Promise<void> {
    const from = { socketPath: (process.env["DOCKER_HOST"] ?? "").replace("unix://", ""), agent: false };
    const to = { socketPath: this.host.replace("unix://", ""), agent: false };
    await new Promise<void>((resolve, reject) => {
      const load = request(
        { ...to, method: "POST", path: "/images/load", headers: { "Content-Type": "application/x-tar" } },
        (answer) => {
          answer.resume().on("end", resolve).on("error", reject);
        },
      );
      load.on("error", reject);
      const save = request({ ...from, path: `/images/${IMAGE}/get` }, (image) => {
        pipeline(image, load).catch(reject);
      });
      save.on("error", reject).end();
    });
  }

  async dispose(): Promise<void> {
    await this.end("SIGTERM");
    await removeMountedFolder(this.#folder);
  }
}

/** A process that ended and that nobody waited for counts as ended. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s*[ZX]/m.test(readFileSync(status, "utf8"));
}
