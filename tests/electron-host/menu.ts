/** `Menu` and `MenuItem`: menus that nobody sees, whose items a test clicks as a user would. */
import { app } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { HostEmitter, HostObject } from "./unimplemented.ts";

type Implemented = "label" | "sublabel" | "toolTip" | "type" | "checked" | "enabled" | "visible" | "id";
type Further = "accelerator" | "icon" | "click" | "registerAccelerator" | "accessibilityLabel" | "commandId";
type Role = NonNullable<Electron.MenuItemConstructorOptions["role"]>;

/** What items of these roles do, and what they are called unless the application says so. */
const ROLES: Partial<Record<Role, { readonly label: string; act(window: BrowserWindow | null): void }>> = {
  quit: { label: "Quit", act: () => app.quit() },
  close: { label: "Close Window", act: (window) => window?.close() },
  minimize: { label: "Minimize", act: (window) => window?.minimize() },
  reload: { label: "Reload", act: (window) => window?.reload() },
  resetZoom: { label: "Actual Size", act: (window) => window?.webContents.setZoomLevel(0) },
  zoomIn: { label: "Zoom In", act: (window) => zoom(window, 0.5) },
  zoomOut: { label: "Zoom Out", act: (window) => zoom(window, -0.5) },
};

function zoom(window: BrowserWindow | null, levels: number): void {
  window?.webContents.setZoomLevel(window.webContents.getZoomLevel() + levels);
}

let lastCommand = 0;

export class MenuItem extends HostObject implements Pick<Electron.MenuItem, Implemented | Further> {
  readonly commandId = (lastCommand += 1);
  label: string;
  sublabel: string;
  toolTip: string;
  accessibilityLabel: string;
  type: Electron.MenuItem["type"];
  enabled: boolean;
  visible: boolean;
  id: string;
  role: Role | undefined;
  accelerator: string | null;
  icon?: Electron.NativeImage | string;
  registerAccelerator: boolean;
  submenu: Menu | undefined;
  /** Items of the same group of radio buttons; its menu sets it. */
  group: MenuItem[] = [];
  readonly click: (event?: object, window?: BrowserWindow | null) => void;
  #checked: boolean;

  constructor(options: Electron.MenuItemConstructorOptions) {
    super();
    const { role, icon, submenu } = options;
    this.type = options.type ?? (submenu === undefined ? "normal" : "submenu");
    this.label = options.label ?? (role === undefined ? "" : (ROLES[role]?.label ?? role));
    this.sublabel = options.sublabel ?? "";
    this.toolTip = options.toolTip ?? "";
    this.accessibilityLabel = options.accessibilityLabel ?? "";
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.id = options.id ?? "";
    this.accelerator = options.accelerator ?? null;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.#checked = options.checked ?? false;
    this.role = role;
    if (icon !== undefined) this.icon = icon;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined);
    // An own property, as in Electron, where it may be replaced.
    this.click = (event = {}, window = BrowserWindow.getFocusedWindow()) => {
      if (this.type === "checkbox" || this.type === "radio") this.checked = !this.checked;
      // What of the item and the window is missing throws when it is touched.
      const item = this as unknown as Electron.MenuItem;
      const on = (window ?? undefined) as unknown as Electron.BaseWindow | undefined;
      if (this.role !== undefined && ROLES[this.role] !== undefined) ROLES[this.role]?.act(window);
      else if (options.click !== undefined) options.click(item, on, event);
    };
  }
  get checked(): boolean {
    return this.#checked;
  }
  set checked(checked: boolean) {
    for (const other of this.type === "radio" ? this.group : []) other.#checked = false;
    this.#checked = this.type === "radio" || checked;
  }
}

let applicationMenu: Menu | null = null;

export class Menu
  extends HostEmitter
  implements Pick<Electron.Menu, "append" | "insert" | "popup" | "closePopup" | "getMenuItemById">
{
  static buildFromTemplate(template: readonly (Electron.MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  readonly items: MenuItem[] = [];
  /** Whether it is open; a test closes it or clicks one of its items. */
  opened = false;

  append(item: Electron.MenuItem | MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: Electron.MenuItem | MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError("Invalid item");
    this.items.splice(position, 0, item);
    // Radio items between two others are one group.
    let group: MenuItem[] = [];
    for (const one of this.items) {
      if (one.type === "radio") group.push(one);
      else group = [];
      one.group = group;
    }
  }
  getMenuItemById(id: string): Electron.MenuItem | null {
    for (const item of this.items) {
      const below = item.submenu?.getMenuItemById(id);
      // What of the item is missing throws when it is touched.
      if (item.id === id) return item as unknown as Electron.MenuItem;
      if (below != null) return below;
    }
    return null;
  }
  popup(): void {
    this.emit("menu-will-show");
    this.opened = true;
  }
  closePopup(): void {
    this.emit("menu-will-close");
    this.opened = false;
  }
}
