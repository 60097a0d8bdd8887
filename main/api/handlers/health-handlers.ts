import { fault, success } from "../../../shared/contract/fault.ts";
import type { CheckName, CheckView } from "../../../shared/contract/views.ts";
import { faulty, fine } from "../test-grid.ts";
import type { ApiContext, HandlersOf } from "./context.ts";

export function healthHandlers(context: ApiContext): HandlersOf<"health"> {
  return {
    "health.check": async (_input, { signal, progress }) => success(await check(context, signal, progress)),
    "health.log": ({ after }) => success({ lines: [...context.host.programLog(after)] }),
  };
}

/** Everything a worker needs, all at once; starts no container. */
async function check(
  { host, grids }: ApiContext,
  signal: AbortSignal,
  onCheck: (check: CheckView) => void,
): Promise<CheckView[]> {
  const { engine, runtime } = host;
  const image = engine.rules.images.default;
  const looks: [CheckName, string, () => Promise<CheckView>][] = [
    [
      "git",
      "",
      async () => {
        const git = await host.checkGit(signal);
        return git.ok ? fine("git", "", git.value) : faulty("git", "", git.fault);
      },
    ],
    [
      "engine",
      "",
      async () => {
        const looked = await runtime.look(signal);
        if (!looked.ok) return faulty("engine", "", looked.fault);
        const { engine: name, version, address } = looked.value;
        return fine("engine", "", `${name} ${version}, ${address}`);
      },
    ],
    ["limits", "", () => Promise.resolve(limits(engine))],
    [
      "image",
      image,
      async () => {
        const found = await runtime.ensureImage(image, false, signal);
        if (found.ok) return fine("image", image, found.value.slice(0, 19));
        const pulled = found.fault.code === "image_missing" && engine.rules.images.pull;
        return pulled ? { ...fine("image", image, ""), state: "note" } : faulty("image", image, found.fault);
      },
    ],
    ["disk", host.machine.dataDir, () => Promise.resolve(disk(host))],
    [
      "secrets",
      "",
      () => Promise.resolve({ ...fine("secrets", "", ""), state: host.secrets.lasting ? "fine" : "note" }),
    ],
    ...grids
      .views("")
      .filter(({ enabled }) => enabled)
      .map((grid): [CheckName, string, () => Promise<CheckView>] => [
        "grid",
        grid.url,
        () =>
          Promise.resolve(
            grid.fault === null
              ? { ...fine("grid", grid.url, ""), state: grid.syncedAtMs === null ? "note" : "fine" }
              : faulty("grid", grid.url, grid.fault),
          ),
      ]),
  ];
  return Promise.all(
    looks.map(async ([name, subject, look]) => {
      onCheck({ name, subject, state: "running", found: "", fault: null });
      const done = await look();
      onCheck(done);
      return done;
    }),
  );
}

/** That what runs is held by its limits, and ended in time. Proven by a container, so only once donating was switched on. */
function limits(engine: ApiContext["host"]["engine"]): CheckView {
  const { runtimeFault } = engine;
  if (runtimeFault?.code === "docker_unprotected" || runtimeFault?.code === "deadman_failed")
    return faulty("limits", "", runtimeFault);
  const { runtime } = engine.status();
  return runtime === undefined
    ? { ...fine("limits", "", ""), state: "note" }
    : fine("limits", "", `cgroup v${runtime.cgroupVersion}`);
}

function disk({ meter, engine, machine }: ApiContext["host"]): CheckView {
  const freeBytes = meter.freeDiskBytes();
  if (freeBytes === undefined) return { ...fine("disk", machine.dataDir, ""), state: "note" };
  const gib = (freeBytes / 1024 ** 3).toFixed(1);
  return freeBytes < engine.rules.policy.freeDiskFloorBytes
    ? faulty("disk", machine.dataDir, fault("disk_low", `${gib} GiB`))
    : fine("disk", machine.dataDir, `${gib} GiB`);
}
