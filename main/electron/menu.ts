/** The application's menu, by each platform's convention: macOS has one on top of the screen, others show it with Alt. */
import { Menu, type MenuItemConstructorOptions } from "electron";
import type { Texts } from "../../shared/texts/texts.ts";

export interface AppMenuOptions {
  readonly texts: Texts;
  /** Shows a place of the interface, "/history". */
  readonly onPlace: (place: string) => void;
  readonly onQuit: () => void;
  readonly onLog: () => void;
}

const PLACES = [
  ["home", "/"],
  ["queue", "/queue"],
  ["runningTasks", "/running"],
  ["history", "/history"],
  ["limits", "/limits"],
  ["grids", "/grids"],
  ["submit", "/submit"],
] as const;

export function setAppMenu(options: AppMenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(options)));
}

function template({ texts, onPlace, onQuit, onLog }: AppMenuOptions): MenuItemConstructorOptions[] {
  const { menu, quit, hide, about } = texts.desktop;
  const isMac = process.platform === "darwin";
  const settings: MenuItemConstructorOptions = {
    label: menu.settings,
    accelerator: "CmdOrCtrl+,",
    click: () => onPlace("/settings"),
  };
  const leave: MenuItemConstructorOptions = { label: quit, accelerator: "CmdOrCtrl+Q", click: onQuit };
  const close: MenuItemConstructorOptions = { role: "close", label: menu.close };
  const own: MenuItemConstructorOptions = {
    label: texts.desktop.name,
    submenu: [
      { role: "about", label: about },
      { type: "separator" },
      settings,
      { type: "separator" },
      { role: "services", label: menu.services },
      { role: "hide", label: hide },
      { role: "hideOthers", label: menu.hideOthers },
      { role: "unhide", label: menu.showAll },
      { type: "separator" },
      leave,
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: menu.file,
    submenu: isMac ? [close] : [settings, close, { type: "separator" }, leave],
  };
  const view: MenuItemConstructorOptions = {
    label: menu.view,
    submenu: [
      ...PLACES.map(([name, place], index) => ({
        label: menu[name],
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => onPlace(place),
      })),
      { type: "separator" },
      { role: "resetZoom", label: menu.resetZoom },
      { role: "zoomIn", label: menu.zoomIn },
      { role: "zoomOut", label: menu.zoomOut },
      { role: "togglefullscreen", label: menu.fullScreen },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    role: "editMenu",
    label: menu.edit,
    submenu: [
      { role: "undo", label: menu.undo },
      { role: "redo", label: menu.redo },
      { type: "separator" },
      { role: "cut", label: menu.cut },
      { role: "copy", label: menu.copy },
      { role: "paste", label: menu.paste },
      { role: "delete", label: menu.delete },
      { role: "selectAll", label: menu.selectAll },
    ],
  };
  const window: MenuItemConstructorOptions = {
    role: "windowMenu",
    label: menu.window,
    submenu: [
      { role: "minimize", label: menu.minimize },
      ...(isMac
        ? [
            { role: "zoom" as const, label: menu.zoom },
            { role: "front" as const, label: menu.front },
          ]
        : [close]),
    ],
  };
  return [
    ...(isMac ? [own] : []),
    file,
    edit,
    view,
    window,
    { role: "help", label: menu.help, submenu: [{ label: menu.log, click: onLog }] },
  ];
}
