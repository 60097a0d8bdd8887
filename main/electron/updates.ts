/**
 * New versions: looked for, fetched, and installed when the application is quit.
 *
 * Invariant: an update never ends a task. It waits for the donor to quit, or to ask for it while
 * nothing runs. What is fetched is checked by the updater against the checksum in the
 * release's metadata, and on Windows and macOS against the publisher's signature.
 */
import type { AppUpdater, UpdateInfo } from "electron-updater";
import { failure, fault, success, type Outcome } from "../../shared/contract/fault.ts";
import type { UpdateView } from "../../shared/contract/views.ts";
import type { Log } from "../engine/ports.ts";

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 6 * 3_600_000;
const INSTALL_MOST_MS = 60_000;
const NOTES_MOST = 20_000;

export type Updater = Pick<
  AppUpdater,
  | "autoDownload"
  | "autoInstallOnAppQuit"
  | "allowDowngrade"
  | "allowPrerelease"
  | "disableWebInstaller"
  | "logger"
  | "isUpdaterActive"
  | "checkForUpdates"
  | "quitAndInstall"
  | "on"
>;

export interface UpdatesOptions {
  readonly updater: Updater;
  readonly log: Log;
  readonly onChange: () => void;
  /** A new version was fetched. */
  readonly onReady: (version: string, installsOnQuit: boolean) => void;
  /** It was asked for, and did not come about. */
  readonly onInstallFailed: () => void;
}

type Shown = Omit<UpdateView, "installsOnQuit">;

const NOTHING: Shown = { state: "off", version: null, notes: null, progress: null, fault: null };

export class Updates {
  readonly #options: UpdatesOptions;
  #view: Shown = NOTHING;
  /** Ends the fetching that is under way. */
  #cancel: (() => void) | undefined;
  #wanted: boolean | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    const { updater, log } = options;
    updater.allowDowngrade = false;
    updater.allowPrerelease = false;
    updater.disableWebInstaller = true;
    updater.logger = {
      info: (text: unknown) => log.debug({}, `updates: ${String(text)}`),
      warn: (text: unknown) => log.warn({}, `updates: ${String(text)}`),
      error: (text: unknown) => log.warn({}, `updates: ${String(text)}`),
    };
    updater.on("checking-for-update", () => this.#hear({ ...NOTHING, state: "checking" }));
    updater.on("update-not-available", () => this.#hear({ ...NOTHING, state: "current" }));
    updater.on("update-available", (info) => this.#hear({ ...about(info), state: "fetching", progress: 0 }));
    updater.on("download-progress", ({ percent }) =>
      this.#hear({ ...this.#view, state: "fetching", progress: Math.min(1, percent / 100) }),
    );
    updater.on("update-downloaded", (info) => {
      if (this.#wanted !== true) return;
      this.#show({ ...about(info), state: "ready" });
      options.onReady(info.version, updater.autoInstallOnAppQuit);
    });
    updater.on("error", (error) => this.#failed(error));
  }

  get view(): UpdateView {
    return { ...this.#view, installsOnQuit: this.#options.updater.autoInstallOnAppQuit };
  }

  /** Brings looking for updates in line with what the donor wants. */
  apply(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    const can = this.#can();
    this.#options.updater.autoDownload = wanted;
    // A system's packages are installed with a password, which nobody types while the machine shuts down.
    this.#options.updater.autoInstallOnAppQuit =
      wanted && (process.platform !== "linux" || process.env["APPIMAGE"] !== undefined);
    if (!wanted) this.#cancel?.();
    if (!wanted || !can) return this.#show(NOTHING);
    this.#show({ ...NOTHING, state: "idle" });
    this.#again(FIRST_AFTER_MS);
  }

  /** Looks now; what comes of it is in the view. */
  check(): Outcome<void> {
    if (!this.#can())
      return failure("update_failed", "this package cannot update itself: it is updated the way it was installed");
    if (this.#wanted !== true) return failure("update_failed", "new versions are not wanted: switch them on first");
    if (this.#view.state !== "ready" && this.#view.state !== "fetching")
      this.#fetch().catch((error: unknown) => this.#failed(error));
    return success(undefined);
  }

  async #fetch(): Promise<void> {
    const found = await this.#options.updater.checkForUpdates();
    const { cancellationToken, downloadPromise } = found ?? {};
    this.#cancel = () => cancellationToken?.cancel();
    try {
      await downloadPromise;
    } catch (error) {
      if (cancellationToken?.cancelled !== true) throw error;
    }
  }

  /** Ends the application, installs and starts again; called only while nothing runs and after the work has ended. */
  install(): void {
    const { updater, onInstallFailed } = this.#options;
    // Everything else is closed by now: an installation that does not come about must not leave a ghost.
    updater.on("error", onInstallFailed);
    setTimeout(onInstallFailed, INSTALL_MOST_MS);
    updater.quitAndInstall(false, true);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** A portable copy has nothing installed that could be replaced. */
  #can(): boolean {
    return process.env["PORTABLE_EXECUTABLE_FILE"] === undefined && this.#options.updater.isUpdaterActive();
  }

  #again(ms: number): void {
    this.#timer = setTimeout(() => {
      this.check();
      this.#again(EVERY_MS);
    }, ms);
    this.#timer.unref();
  }

  #failed(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#options.log.warn({ error: text.slice(0, 300) }, "looking for a new version failed");
    this.#hear({ ...NOTHING, state: "failed", fault: fault("update_failed", text.slice(0, 200)) });
  }

  /** What comes of a look that is not wanted any more is nobody's concern. */
  #hear(view: Shown): void {
    if (this.#wanted === true) this.#show(view);
  }

  #show(view: Shown): void {
    this.#view = view;
    this.#options.onChange();
  }
}

function about({ version, releaseNotes }: UpdateInfo): Shown {
  const text = Array.isArray(releaseNotes) ? releaseNotes.map(({ note }) => note ?? "").join("\n\n") : releaseNotes;
  return { ...NOTHING, version, notes: text === undefined || text === null ? null : plainText(text) };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Release notes come as HTML and are shown as text: tags go, paragraphs and list items stay lines. */
function plainText(html: string): string {
  return html
    .replace(/<li[^>]*>/gi, "\n- ")
    .replace(/<(br|\/p|\/div|\/h\d|\/ul|\/ol|\/pre)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_all, name: string) => ENTITIES[name] ?? "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
    .slice(0, NOTES_MOST);
}
