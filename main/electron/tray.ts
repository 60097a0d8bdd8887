/** The icon in the tray: its shape and colour say the state, its menu does what the window's switch does. */
import { join } from "node:path";
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from "electron";
import type { State } from "../../shared/contract/views.ts";
import type { TrayAction, TrayItem, TrayModel } from "./tray-model.ts";

/** macOS paints a template itself, by its light or dark menu bar; a Linux panel shows larger pictures than Windows. */
const PICTURES = process.platform === "darwin" ? "Template" : process.platform === "linux" ? "Panel" : "";

const TASKS_EVERY_MS = 1_000;

export interface TrayIconOptions {
  /** The folder of the tray's pictures. */
  readonly pictures: string;
  readonly onAction: (action: TrayAction) => void;
}

export class TrayIcon {
  readonly #options: TrayIconOptions;
  readonly #images = new Map<State, NativeImage>();
  #tray: Tray | undefined;
  #shown: TrayModel | undefined;
  #shownAtMs = 0;
  #later: NodeJS.Timeout | undefined;

  constructor(options: TrayIconOptions) {
    this.#options = options;
  }

  /**
   * Shows a state. A new menu closes the one that is open: what is shown already is left alone, and
   * where only the tasks are others, that waits a moment.
   */
  show(model: TrayModel): void {
    clearTimeout(this.#later);
    const before = this.#shown;
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(model)) return;
    const waitMs =
      before === undefined || isUrgent(before, model) ? 0 : this.#shownAtMs + TASKS_EVERY_MS - performance.now();
    if (waitMs <= 0) return this.#put(model);
    this.#later = setTimeout(() => this.#put(model), waitMs);
  }

  #put(model: TrayModel): void {
    const before = this.#shown;
    this.#shown = model;
    this.#shownAtMs = performance.now();
    const tray = (this.#tray ??= this.#make(model.state));
    if (before?.state !== model.state) tray.setImage(this.#image(model.state));
    tray.setToolTip(model.toolTip);
    tray.setContextMenu(Menu.buildFromTemplate(model.items.map((item) => this.#template(item))));
  }

  close(): void {
    clearTimeout(this.#later);
    this.#tray?.destroy();
    this.#tray = undefined;
    this.#shown = undefined;
  }

  #make(state: State): Tray {
    const tray = new Tray(this.#image(state));
    // A Mac's click opens the menu.
    if (process.platform !== "darwin") tray.on("click", () => this.#options.onAction({ do: "open" }));
    return tray;
  }

  #image(state: State): NativeImage {
    const known = this.#images.get(state);
    if (known !== undefined) return known;
    // Larger ones for finer screens (@2x) are found beside.
    const image = nativeImage.createFromPath(join(this.#options.pictures, `${state}${PICTURES}.png`));
    image.setTemplateImage(process.platform === "darwin");
    this.#images.set(state, image);
    return image;
  }

  #template(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case "line":
        return { type: "separator" };
      case "text":
        return { label: shown(item.label), enabled: false };
      case "menu":
        return { label: shown(item.label), submenu: item.items.map((one) => this.#template(one)) };
      case "action":
        return { label: shown(item.label), click: () => this.#options.onAction(item.action) };
    }
  }
}

/** Whether the state or its reason is another, for which nobody should wait. */
function isUrgent(before: TrayModel, now: TrayModel): boolean {
  const [title] = now.toolTip.split("\n");
  return before.state !== now.state || before.toolTip.split("\n")[0] !== title;
}

/** A single & marks a key in a menu's label. */
function shown(label: string): string {
  return label.replaceAll("&", "&&");
}
