import { fault, success, type Outcome } from "../../shared/contract/fault.ts";
import type { Override, SettingsView } from "../../shared/contract/views.ts";
import { effectiveLimits, effectiveRules } from "../../shared/settings/effective.ts";
import { Settings, type SettingsPatch } from "../../shared/settings/settings.ts";
import { deleteRuns } from "./delete-runs.ts";
import type { ApiHost } from "./host.ts";

type SettingsHost = Pick<
  ApiHost,
  | "gridId"
  | "engine"
  | "settings"
  | "given"
  | "overrides"
  | "machine"
  | "secrets"
  | "history"
  | "clock"
  | "log"
  | "desktop"
>;

const DAY_MS = 86_400_000;

/** What the donor decides: read, changed, and put in force at once. */
export class DonorSettings {
  readonly #host: SettingsHost;
  readonly #onChange: () => void;
  readonly #closed = new AbortController();

  constructor(host: SettingsHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  /** No run is deleted any more: the history is about to be closed. */
  close(): void {
    this.#closed.abort();
  }

  get settings(): Settings {
    return this.#host.settings.read();
  }

  view(): SettingsView {
    const { given, machine, overrides, secrets } = this.#host;
    return {
      settings: this.settings,
      ...effectiveRules(this.settings, given, machine),
      defaults: effectiveLimits({}, {}, machine),
      overrides: [...overrides],
      tokensKept: secrets.lasting,
    };
  }

  /** Changes whole sections; what the environment decides cannot be changed here. */
  update(patch: SettingsPatch): Outcome<void> {
    const before = this.settings;
    // An absent section leaves what was; zod leaves out what was not given.
    const next = Settings.parse({ ...before, ...patch });
    const overridden = this.#host.overrides.find(({ setting }) => differ(before, next, setting));
    if (overridden !== undefined)
      return { ok: false, fault: fault("setting_overridden", `${overridden.setting}: ${overridden.variable}`) };
    return this.#put(next);
  }

  /** Replaces everything but what the environment decides. */
  replace(next: Settings): Outcome<void> {
    const before = this.settings;
    const { gridId } = this.#host;
    const kept = this.#host.overrides.reduce((merged, { setting }) => taken(merged, before, setting), next);
    return this.#put({ ...kept, grids: canonicalGrids(kept.grids, gridId), setUp: true });
  }

  setGrids(grids: Settings["grids"]): Outcome<void> {
    return this.#put({ ...this.settings, grids });
  }

  /** Deletes runs that are older than the donor keeps them. */
  forgetOld(): void {
    const { keepDays } = this.settings.history;
    if (keepDays === null) return;
    const { history, clock, log } = this.#host;
    deleteRuns(history, { toMs: clock.now() - keepDays * DAY_MS }, this.#closed.signal).then(
      (deleted) => {
        if (!deleted.ok) log.warn({ fault: deleted.fault.code }, "old runs could not be deleted");
      },
      (error: unknown) => log.error({ error: String(error) }, "a bug in deleting old runs"),
    );
  }

  #put(next: Settings): Outcome<void> {
    const { settings, engine, given, machine, desktop } = this.#host;
    const before = this.settings;
    const written = settings.write(next);
    const rules = effectiveRules(next, given, machine);
    if (JSON.stringify(rules) !== JSON.stringify(engine.rules)) engine.setRules(rules);
    if (next.history.keepDays !== before.history.keepDays) this.forgetOld();
    desktop?.apply();
    this.#onChange();
    // It holds until the worker stops, but the donor has to hear that it was not kept.
    return written.ok ? success(undefined) : written;
  }
}

/** A value by its path, "limits.cpus". */
function at(settings: unknown, path: string): unknown {
  let value = settings;
  for (const name of path.split(".")) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value;
}

function differ(before: Settings, next: Settings, path: Override["setting"]): boolean {
  return JSON.stringify(at(before, path)) !== JSON.stringify(at(next, path));
}

/** `next` with the value that `before` has at a path. */
function taken(next: Settings, before: Settings, path: string): Settings {
  const [section, name] = path.split(".");
  if (section === undefined || name === undefined) return next;
  const part = { ...(at(next, section) as Readonly<Record<string, unknown>>), [name]: at(before, path) };
  const parsed = Settings.safeParse({ ...next, [section]: part });
  return parsed.success ? parsed.data : next;
}

/** Grids as their addresses name them: an id that a file gives is not to be trusted, and one address is one grid. */
export function canonicalGrids(grids: Settings["grids"], gridId: (url: string) => string): Settings["grids"] {
  return [...new Map(grids.map((grid) => [gridId(grid.url), { ...grid, id: gridId(grid.url) }])).values()];
}
