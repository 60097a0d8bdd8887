import { failure, success, type Outcome } from "../../shared/contract/fault.ts";
import type { GridView } from "../../shared/contract/views.ts";
import { ADDRESS_HELP, parseGridAddress, type GridAddress } from "../../shared/domain/grid-address.ts";
import type { GridSetting, Settings } from "../../shared/settings/settings.ts";
import type { DonorSettings } from "./donor-settings.ts";
import { gridView } from "./grid-views.ts";
import type { ApiHost } from "./host.ts";

const GRIDS_MOST = 100;
/** What a token may be made of; anything else is a slip of the clipboard. */
const TOKEN = /^[\x21-\x7e]{1,1000}$/;

/** The donor's grids: what settings and environment name, brought in line with what the engine works on. */
export class DonorGrids {
  readonly #host: ApiHost;
  readonly #settings: DonorSettings;
  readonly #onChange: () => void;
  /** For each grid, one change after the other: a grid that is being left is gone before it comes back. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(host: ApiHost, settings: DonorSettings, onChange: () => void) {
    this.#host = host;
    this.#settings = settings;
    this.#onChange = onChange;
  }

  list(): readonly GridSetting[] {
    const { environmentGrid } = this.#host;
    const chosen = this.#settings.settings.grids.filter(({ id }) => id !== environmentGrid?.id);
    return environmentGrid === undefined ? chosen : [environmentGrid, ...chosen];
  }

  find(id: string): Outcome<GridSetting> {
    const found = this.list().find((grid) => grid.id === id);
    return found === undefined ? failure("grid_unknown", id) : success(found);
  }

  views(nodeId: string): GridView[] {
    const { engine, environmentGrid, secrets } = this.#host;
    return this.list().map((setting) =>
      gridView(
        {
          setting,
          fromEnvironment: setting.id === environmentGrid?.id,
          hasToken: secrets.token(setting.url) !== undefined,
          nodeId,
        },
        engine.grids.find(({ id }) => id === setting.id),
      ),
    );
  }

  /** Opens every grid that is switched on, at once. */
  open(): void {
    for (const { id } of this.list()) this.#turns.set(id, this.#bring(id));
  }

  add(url: string, token: string | undefined): Outcome<{ id: string }> {
    const address = judged(url);
    if (!address.ok) return address;
    const id = this.#host.gridId(url);
    if (this.find(id).ok) return failure("grid_exists", url);
    if (this.#settings.settings.grids.length >= GRIDS_MOST)
      return failure("request_invalid", `${GRIDS_MOST} grids are the most`);
    if (token !== undefined) {
      const kept = this.#keep(url, token);
      if (!kept.ok) return kept;
    }
    const written = this.#write([...this.#settings.settings.grids, { id, url, enabled: true, weight: 1 }]);
    this.#apply(id);
    return written.ok ? success({ id }) : written;
  }

  update(id: string, change: { enabled?: boolean | undefined; weight?: number | undefined }): Outcome<void> {
    const found = this.find(id);
    if (!found.ok) return found;
    if (id === this.#host.environmentGrid?.id) return failure("setting_overridden", "DGRID_REPO_URL");
    const { enabled = found.value.enabled, weight = found.value.weight } = change;
    const written = this.#write(
      this.#settings.settings.grids.map((grid) => (grid.id === id ? { ...grid, enabled, weight } : grid)),
    );
    this.#host.engine.setWeight(id, weight);
    this.#apply(id);
    return written;
  }

  remove(id: string): Outcome<void> {
    const found = this.find(id);
    if (!found.ok) return found;
    if (id === this.#host.environmentGrid?.id) return failure("setting_overridden", "DGRID_REPO_URL");
    const written = this.#write(this.#settings.settings.grids.filter((grid) => grid.id !== id));
    this.#apply(id, found.value.url);
    return written;
  }

  signIn(id: string, token: string): Outcome<void> {
    const found = this.find(id);
    if (!found.ok) return found;
    const kept = this.#keep(found.value.url, token);
    if (!kept.ok) return kept;
    this.#host.engine.retryGrid(id);
    this.#onChange();
    return kept;
  }

  /** Puts imported settings' grids in force. */
  replaced(before: Settings["grids"]): void {
    for (const { id, url } of [...before, ...this.list()]) this.#apply(id, url);
    for (const { id, weight } of this.list()) this.#host.engine.setWeight(id, weight);
  }

  #keep(url: string, token: string): Outcome<void> {
    return TOKEN.test(token) ? this.#host.secrets.keep(url, token) : failure("token_refused");
  }

  #write(grids: Settings["grids"]): Outcome<void> {
    const written = this.#settings.setGrids(grids);
    this.#onChange();
    return written;
  }

  /** Brings the engine in line with what is wanted by the time it is this grid's turn. */
  #apply(id: string, url?: string): void {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(() => this.#bring(id, url));
    this.#turns.set(
      id,
      turn.catch((error: unknown) => this.#host.log.error({ error: String(error) }, "a bug in changing the grids")),
    );
  }

  async #bring(id: string, url?: string): Promise<void> {
    const { engine, openRepo, log, secrets } = this.#host;
    const wanted = this.list().find((grid) => grid.id === id && grid.enabled);
    const there = engine.grids.some((grid) => grid.id === id);
    if (wanted === undefined) {
      await engine.removeGrid(id);
      // Only now: what it held went back with this token. One that is switched off keeps its token.
      const gone = this.list().every((grid) => grid.id !== id);
      if (gone && url !== undefined) secrets.keep(url, undefined);
      return;
    }
    if (there) return;
    const repo = openRepo(wanted.url);
    if (repo.ok) engine.addGrid({ id, weight: wanted.weight, repo: repo.value });
    else log.error({ fault: repo.fault.code, detail: repo.fault.detail }, "a grid could not be opened");
  }
}

/** An address that Git may see, or why not. */
export function judged(url: string): Outcome<GridAddress> {
  const address = parseGridAddress(url);
  return "problem" in address ? failure("grid_address_refused", ADDRESS_HELP[address.problem]) : success(address);
}
