import { join } from "node:path";
import { app, nativeImage } from "electron";
import { filled, type Texts } from "../../shared/texts/texts.ts";
import { resource } from "./places.ts";
import type { MainWindow } from "./window.ts";

/** How many tasks run, at the application's icon in the dock or the taskbar. */
export class Badge {
  readonly #window: Pick<MainWindow, "mark">;
  #running = 0;

  constructor(window: Pick<MainWindow, "mark">) {
    this.#window = window;
  }

  show(running: number, { desktop }: Texts): void {
    if (running === this.#running) return;
    this.#running = running;
    app.setBadgeCount(running);
    if (running === 0) return this.#window.mark(null, "");
    const description = running === 1 ? desktop.oneRuns : filled(desktop.manyRun, { tasks: running });
    this.#window.mark(nativeImage.createFromPath(join(resource("tray"), "donating.png")), description);
  }
}
