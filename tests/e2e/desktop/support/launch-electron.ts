/** The desktop application on real Electron, through Playwright. */
import { _electron, type ElectronApplication } from "playwright-core";
import type { DesktopApp, Start } from "./launch.ts";

const WINDOW_TIMEOUT_MS = 60_000;

export async function launchElectron(executablePath: string, { args, env }: Start): Promise<DesktopApp> {
  // Unasked, Playwright leaves Chromium's sandbox out on Linux. Root cannot have it: Chromium would refuse to start.
  const chromiumSandbox = process.getuid?.() !== 0;
  const timeout = WINDOW_TIMEOUT_MS;
  const electron = await _electron.launch({ executablePath, args: [...args], env, chromiumSandbox, timeout });
  const child = electron.process();
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    kind: "electron",
    // Playwright gives the same module; its own types name it without the exports' types.
    evaluate: (fn, arg) => electron.evaluate(fn as never, arg as never),
    window: () => firstWindow(electron),
    output: () => output,
    exited,
    pid: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async close() {
      // It may have ended already, or be past answering.
      await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
      await electron.close().catch(() => child.kill("SIGKILL"));
      await exited;
    },
  };
}

async function firstWindow(electron: ElectronApplication) {
  const [page] = electron.windows().filter((one) => !one.isClosed());
  return page ?? electron.waitForEvent("window", { timeout: WINDOW_TIMEOUT_MS });
}
