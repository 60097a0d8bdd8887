/** `Tray`: the icon beside the clock, without a clock. */
import { app } from "./app.ts";
import type { Menu } from "./menu.ts";
import { NativeImage } from "./native-image.ts";
import { HostEmitter } from "./unimplemented.ts";

type Implemented =
  | "setToolTip"
  | "setTitle"
  | "getTitle"
  | "setIgnoreDoubleClickEvents"
  | "getIgnoreDoubleClickEvents"
  | "destroy"
  | "isDestroyed"
  | "getBounds"
  | "focus";

/** Electron takes an image or a path to one. */
const imageOf = (image: NativeImage | string): NativeImage =>
  typeof image === "string" ? NativeImage.createFromPath(image) : image;

export class Tray extends HostEmitter implements Pick<Electron.Tray, Implemented> {
  /** What is to be seen, for a test to look at. */
  image: NativeImage;
  pressedImage: NativeImage | undefined;
  toolTip = "";
  menu: Menu | null = null;
  #title = "";
  #destroyed = false;
  #ignoresDoubleClicks = false;

  constructor(image: NativeImage | string) {
    super();
    app.requireReady("Tray");
    this.image = imageOf(image);
  }
  setImage(image: NativeImage | string): void {
    this.image = imageOf(image);
  }
  setPressedImage(image: NativeImage | string): void {
    this.pressedImage = imageOf(image);
  }
  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }
  popUpContextMenu(menu: Menu | null = this.menu): void {
    menu?.popup();
  }
  closeContextMenu(): void {
    this.menu?.closePopup();
  }
  setIgnoreDoubleClickEvents(ignore: boolean): void {
    this.#ignoresDoubleClicks = ignore;
  }
  getIgnoreDoubleClickEvents(): boolean {
    return this.#ignoresDoubleClicks;
  }
  getBounds(): Electron.Rectangle {
    // Linux does not tell where it is.
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  focus(): void {
    // Of Windows only.
  }
  destroy(): void {
    this.#destroyed = true;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
}
