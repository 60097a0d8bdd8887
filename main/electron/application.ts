/** Everything that lives as long as the application, put together once. */
import { app, shell, type Session } from "electron";
import electronUpdater from "electron-updater";
import { failure, success, type Outcome } from "../../shared/contract/fault.ts";
import type { DesktopView } from "../../shared/contract/views.ts";
import { filled, textsOf, type Texts } from "../../shared/texts/texts.ts";
import type { Desktop, Settings } from "../../shared/settings/settings.ts";
import type { DesktopHost } from "../api/host.ts";
import { runViews } from "../api/run-views.ts";
import { statusView } from "../api/status-view.ts";
import type { Log } from "../engine/ports.ts";
import type { Configuration } from "../worker/configuration.ts";
import type { WorkerHost } from "../worker/open-worker.ts";
import { ask } from "./ask.ts";
import { renewAutostart, setAutostart } from "./autostart.ts";
import { Badge } from "./badge.ts";
import { openParts, type OpenParts } from "./desktop-parts.ts";
import { Leaving } from "./leaving.ts";
import { setAppMenu } from "./menu.ts";
import { Notices } from "./notices.ts";
import { servePages, type PagePorts } from "./page-port.ts";
import { logFile, resource } from "./places.ts";
import { SaidOnce } from "./said-once.ts";
import { startWorker } from "./start-worker.ts";
import { Teller } from "./tell.ts";
import { trayModel, type TrayAction, type TrayPicture } from "./tray-model.ts";
import { hasTrayPlace } from "./tray-place.ts";
import { TrayRequests } from "./tray-requests.ts";
import { TrayIcon } from "./tray.ts";
import { Updates } from "./updates.ts";
import { MainWindow } from "./window.ts";

/** What depends on time alone: a grid that stays away, a desktop that gets a tray. */
const LOOK_EVERY_MS = 30_000;

export interface ApplicationOptions {
  readonly configuration: Configuration;
  readonly log: Log;
  readonly session: Session;
  readonly hasTray: boolean;
  /** Texts that never stand in the log; grows. */
  readonly secrets: string[];
}

export interface StartedHow {
  /** Without a window. */
  readonly hidden: boolean;
  /** By the system at login, where it does not pass on an argument. */
  readonly atLogin: boolean;
}

export class Application {
  readonly #options: ApplicationOptions;
  readonly #window: MainWindow;
  readonly #tray: TrayIcon;
  readonly #badge: Badge;
  readonly #once: SaidOnce;
  readonly #teller: Teller;
  readonly #notices = new Notices();
  readonly #updates: Updates;
  readonly #listeners = new Set<() => void>();
  #hasTray: boolean;
  #worker: WorkerHost | undefined;
  #pages: PagePorts | undefined;
  #requests: TrayRequests | undefined;
  #leaving: Leaving | undefined;
  #parts: OpenParts | undefined;
  #applied: { readonly desktop: Desktop; readonly language: string } | undefined;
  #looking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#hasTray = options.hasTray;
    const { log } = options;
    this.#window = new MainWindow({
      log,
      icon: resource("icon.png"),
      hasTray: () => this.#hasTray,
      onPage: (contents) => this.#pages?.admit(contents),
      onPutAway: () => this.#tellPutAway(),
      onBroken: () => void this.#offerWindow(),
    });
    this.#badge = new Badge(this.#window);
    this.#once = new SaidOnce(options.configuration.dataDir, log);
    this.#tray = new TrayIcon({ pictures: resource("tray"), onAction: (action) => this.#act(action) });
    this.#teller = new Teller({
      texts: () => this.texts,
      wanted: () => this.#settings.desktop.notify,
      onOpen: (place) => this.show(place),
    });
    this.#updates = new Updates({
      updater: electronUpdater.autoUpdater,
      log,
      onChange: () => this.#changed(),
      onInstallFailed: () => app.exit(1),
      onReady: (version, installsOnQuit) => {
        const { title, text, asked } = this.texts.desktop.notify.update;
        this.#teller.show({ title, body: filled(installsOnQuit ? text : asked, { version }), place: "/settings" });
      },
    });
  }

  /** The words in the donor's language. */
  get texts(): Texts {
    const language = this.#worker === undefined ? "system" : this.#settings.appearance.language;
    return textsOf(language, app.getPreferredSystemLanguages());
  }

  show(place?: string): void {
    if (this.#worker !== undefined) this.#window.show(place);
  }

  /** Opens the worker and shows the window, unless it was asked to stay away. */
  async start({ hidden, atLogin }: StartedHow): Promise<void> {
    const { configuration, log, secrets, session } = this.#options;
    const worker = await startWorker({
      configuration,
      log,
      texts: this.texts,
      overrides: async () => {
        this.#parts = await openParts(configuration.dataDir, session, log);
        const desktop = { ...this.#parts.parts, host: this.#host() };
        return { interactive: true, onSecret: (secret) => void secrets.push(secret), desktop };
      },
    });
    if (worker === undefined) return app.exit(1);
    this.#worker = worker;
    this.#pages = servePages(worker.api, log);
    this.#requests = new TrayRequests({
      api: worker.api,
      log,
      onFault: ({ meaning, next }) => this.#teller.show({ title: meaning, body: next, place: "/settings" }),
    });
    const { engine } = worker;
    this.#leaving = new Leaving({
      engine,
      log,
      texts: () => this.texts,
      choice: () => this.#settings.desktop.onQuit,
      isShown: () => this.#window.isShown,
      onBegin: () => {
        this.#window.leave();
        this.#lookSoon();
      },
      onEnd: () => this.#close(),
    });
    // Without a tray there would be nothing at all to see of it.
    const away = hidden || (atLogin && this.#settings.desktop.startHidden);
    if (!away || !this.#settings.setUp) this.#window.show();
    else if (!this.#hasTray) this.#window.showMinimized();
    this.#apply();
    engine.subscribe(() => this.#lookSoon());
    engine.start();
    this.#look();
    this.#timer = setInterval(() => void this.#lookAgain(), LOOK_EVERY_MS);
    log.info({ node: worker.nodeId }, "the application has started");
  }

  get #settings(): Settings {
    if (this.#worker === undefined) throw new Error("settings are asked for before the worker is open");
    return this.#worker.settings.read();
  }

  #host(): DesktopHost {
    return {
      view: (): DesktopView => ({ tray: this.#hasTray, update: this.#updates.view }),
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      checkForUpdate: () => this.#updates.check(),
      installUpdate: () => this.#install(),
      apply: () => this.#apply(),
    };
  }

  #install(): Outcome<void> {
    if (this.#updates.view.state !== "ready") return failure("update_failed", "no new version was fetched");
    if ((this.#worker?.engine.held().length ?? 0) > 0) return failure("update_waits");
    this.#leaving?.go("finish", () => this.#updates.install());
    return success(undefined);
  }

  /** Brings the system in line with what the donor chose; what has not changed is left alone. */
  #apply(): void {
    const { desktop, appearance } = this.#settings;
    const before = this.#applied;
    this.#applied = { desktop, language: appearance.language };
    this.#applyAutostart(desktop, before?.desktop);
    this.#updates.apply(desktop.updates);
    if (before?.language === appearance.language) return;
    setAppMenu({
      texts: this.texts,
      onPlace: (place) => this.#window.show(place),
      onQuit: () => app.quit(),
      onLog: () => shell.showItemInFolder(logFile()),
    });
    this.#look();
  }

  /** Only what the donor has just chosen is told to the system: it has settings of its own for it. */
  #applyAutostart(next: Desktop, before: Desktop | undefined): void {
    if (before?.openAtLogin === next.openAtLogin && before.startHidden === next.startHidden) return;
    const set = before === undefined ? renewAutostart(next) : setAutostart(next);
    if (set.ok) return;
    this.#options.log.error({ fault: set.fault.code, detail: set.fault.detail }, "starting at login was not set");
    this.#teller.show({ title: set.fault.meaning, body: set.fault.detail, place: "/settings" });
  }

  // ---- what is shown ---------------------------------------------------------------------

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Many changes of one turn are one look. */
  #lookSoon(): void {
    if (this.#looking) return;
    this.#looking = true;
    queueMicrotask(() => {
      this.#looking = false;
      this.#look();
    });
  }

  #look(): void {
    try {
      if (this.#worker !== undefined) this.#present(this.#worker);
    } catch (error) {
      // What cannot be shown must not end what is done.
      this.#options.log.error({ error: String(error) }, "a bug in showing the state");
    }
  }

  #present(worker: WorkerHost): void {
    const picture = this.#picture(worker);
    if (this.#hasTray) this.#tray.show(trayModel(picture, this.texts));
    const running = picture.runs.filter(({ state }) => state === "running").length;
    this.#badge.show(running, this.texts);
    if (picture.quitting !== undefined) return;
    const { engine, history } = worker;
    const notices = this.#notices.at({
      nowMs: performance.now(),
      grids: engine.grids.map(({ id, loop }) => ({ id, name: loop.name, fault: loop.fault })),
      live: engine.held().map(({ claimId }) => claimId),
      idle: engine.grids.length > 0 && picture.status.state === "donating" && engine.idle,
      row: (claimId) => history.row(claimId),
    });
    for (const notice of notices) this.#teller.tell(notice);
  }

  async #lookAgain(): Promise<void> {
    const hasTray = await hasTrayPlace();
    if (this.#worker === undefined) return;
    if (hasTray !== this.#hasTray) {
      this.#hasTray = hasTray;
      if (!hasTray) {
        this.#tray.close();
        // Nothing of it would be left to see.
        this.#window.showMinimized();
      }
      this.#changed();
    }
    this.#look();
  }

  #picture({ engine, settings }: WorkerHost): TrayPicture {
    return {
      status: statusView(engine),
      runs: runViews(engine),
      hasGrid: engine.grids.length > 0 || settings.read().grids.length > 0,
      quitting: this.#leaving?.how,
    };
  }

  // ---- what is asked ---------------------------------------------------------------------

  #act(action: TrayAction): void {
    switch (action.do) {
      case "open":
        return this.#window.show(action.place);
      case "quit":
        return app.quit();
      case "mode":
        return this.#requests?.setMode(action.input);
      case "demo":
        return this.#requests?.donateToDemo();
    }
  }

  /** Said once, ever: closing the window does not end the work. */
  #tellPutAway(): void {
    if (!this.#once.isFirst("toldPutAway")) return;
    const { inTray, inTaskbar } = this.texts.desktop.notify;
    const { title, text } = this.#hasTray ? inTray : inTaskbar;
    this.#teller.show({ title, body: text, place: "/" });
  }

  async #offerWindow(): Promise<void> {
    const { windowFailed } = this.texts.desktop;
    const response = await ask({
      type: "error",
      message: windowFailed.message,
      detail: windowFailed.detail,
      buttons: [windowFailed.again, windowFailed.log, windowFailed.close],
    });
    if (response === 0) this.show();
    if (response === 1) shell.showItemInFolder(logFile());
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    const worker = this.#worker;
    // Whatever still wants to show something finds nothing to show.
    this.#worker = undefined;
    this.#updates.close();
    this.#pages?.close();
    this.#window.close();
    this.#tray.close();
    await this.#parts?.close();
    worker?.close();
  }
}
