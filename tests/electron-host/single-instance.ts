/**
 * One instance per folder of user data, told across processes.
 *
 * Binding a socket is the lock, because Node does it before `listen` returns and it ends with its
 * process. A second instance has to be done with telling the first before the call returns, as in
 * Electron: a helper process does it while this one waits.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { NODE } from "./paths.ts";

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** A path of this kind has room for 107 bytes on Linux. */
const LONGEST_SOCKET_PATH = 100;

const TELL = `
  const socket = require("node:net").connect(process.argv[1]);
  socket.on("error", () => process.exit(3)).on("close", () => process.exit(0));
  socket.end(process.argv[2]);
  socket.resume();
`;

/** The lock's release, or undefined where another process holds it and has been told. */
export function lockInstance(
  userData: string,
  self: SecondInstance,
  told: (second: SecondInstance) => void,
): (() => void) | undefined {
  mkdirSync(userData, { recursive: true });
  const path =
    process.platform === "win32"
      ? `\\\\.\\pipe\\${userData.replaceAll(/[^\w]/g, "_")}`
      : join(userData, "SingletonSocket");
  if (path.length > LONGEST_SOCKET_PATH) throw new Error(`too long for a socket's path: ${path}`);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const server = listening(path, told);
    if (server !== undefined) return () => void server.close();
    if (spawnSync(NODE, ["-e", TELL, path, JSON.stringify(self)]).status === 0) return undefined;
    // Nobody listens: its process was killed.
    rmSync(path, { force: true });
  }
  throw new Error(`neither to be had nor to be told: ${path}`);
}

function listening(path: string, told: (second: SecondInstance) => void): Server | undefined {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (text += chunk));
    socket.on("error", (error) => console.error("a second instance was cut off:", error));
    socket.on("end", () => {
      socket.end();
      // Both ends are the host's own.
      told(JSON.parse(text) as SecondInstance);
    });
  });
  let failed = false;
  // That the address is taken is said by `listening`, at once.
  server.on("error", () => (failed = true));
  server.listen(path);
  return server.listening && !failed ? server.unref() : undefined;
}
