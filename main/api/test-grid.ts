import { fault, type Fault, type Outcome } from "../../shared/contract/fault.ts";
import type { CheckName, CheckView } from "../../shared/contract/views.ts";
import { GridReader } from "../engine/core/grid-view.ts";
import { DIRECTORIES } from "../engine/core/layout.ts";
import { judged } from "./donor-grids.ts";
import type { ApiHost } from "./host.ts";

interface Address {
  readonly url: string;
  readonly token: string | undefined;
}

interface TestOptions {
  readonly signal: AbortSignal;
  readonly onCheck: (check: CheckView) => void;
}

/** Looks at an address step by step, each told as it begins and as it ends; the first fault ends it. */
export async function testGrid(host: ApiHost, { url, token }: Address, options: TestOptions): Promise<CheckView[]> {
  const checks: CheckView[] = [];
  const step = async <T>(name: CheckName, look: () => Promise<Outcome<T>>, found: (value: T) => string) => {
    options.onCheck({ name, subject: "", state: "running", found: "", fault: null });
    const outcome = await look();
    const check = outcome.ok ? fine(name, "", found(outcome.value)) : faulty(name, "", outcome.fault);
    options.onCheck(check);
    checks.push(check);
    return outcome;
  };
  const address = await step(
    "address",
    () => Promise.resolve(judged(url)),
    ({ kind }) => kind,
  );
  if (!address.ok) return checks;
  if (
    !(
      await step(
        "git",
        () => host.checkGit(options.signal),
        (version) => version,
      )
    ).ok
  )
    return checks;
  await host.withScratchRepo(address.value, token, async (repo) => {
    const reader = new GridReader();
    const read = await step(
      "grid",
      () => repo.sync((tree) => reader.needs(tree), options.signal),
      ({ head }) => head.slice(0, 10),
    );
    if (!read.ok) return;
    const view = reader.read(read.value);
    const isGrid = Object.values(DIRECTORIES).some((directory) => read.value.list(directory).size > 0);
    const layout: Outcome<string> =
      view.settingsProblem !== undefined
        ? { ok: false, fault: fault("grid_settings_invalid", view.settingsProblem) }
        : isGrid
          ? { ok: true, value: `${view.queue.length} / ${view.inProgress.size} / ${view.nodes.size}` }
          : { ok: false, fault: fault("grid_layout_missing") };
    if (
      !(
        await step(
          "layout",
          () => Promise.resolve(layout),
          (text) => text,
        )
      ).ok
    )
      return;
    await step(
      "write",
      () => repo.canPush(options.signal),
      () => "",
    );
  });
  return checks;
}

export function fine(name: CheckName, subject: string, found: string): CheckView {
  return { name, subject, state: "fine", found, fault: null };
}

export function faulty(name: CheckName, subject: string, what: Fault): CheckView {
  return { name, subject, state: "fault", found: "", fault: what };
}
