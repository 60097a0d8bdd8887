/** Starting at login, as each system wants it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { app } from "electron";
import { failure, success, type Outcome } from "../../shared/contract/fault.ts";
import type { Desktop } from "../../shared/settings/settings.ts";
import { HIDDEN, loginCommand } from "./own-process.ts";

/** Brings the system in line with what the donor has just chosen. */
export function setAutostart({ openAtLogin, startHidden }: Desktop): Outcome<void> {
  const { command, args } = loginCommand(startHidden ? [HIDDEN] : []);
  if (process.platform !== "linux") {
    // Windows keeps one line, in which a space ends the program's name. macOS gives a login item no
    // arguments; there `wasOpenedAtLogin` tells.
    const path = process.platform === "win32" ? `"${command}"` : command;
    app.setLoginItemSettings({ openAtLogin, path, args: [...args] });
    return success(undefined);
  }
  const file = autostartFile();
  try {
    if (!openAtLogin) rmSync(file, { force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, desktopEntry([command, ...args]));
    }
    return success(undefined);
  } catch (error) {
    return failure("data_directory_unwritable", String(error).slice(0, 200));
  }
}

/**
 * At a start: a program that was moved, as an AppImage is by its donor, is found again at the next login.
 * Whoever took the entry out or switched it off, in the system's own settings, has decided: it stays so.
 */
export function renewAutostart({ openAtLogin, startHidden }: Desktop): Outcome<void> {
  const file = autostartFile();
  if (process.platform !== "linux" || !app.isPackaged || !openAtLogin || !existsSync(file)) return success(undefined);
  try {
    const { command, args } = loginCommand(startHidden ? [HIDDEN] : []);
    const entry = readFileSync(file, "utf8");
    // A function: a path may have a $ in it.
    const renewed = entry.replace(/^Exec=.*$/m, () => execLine([command, ...args]));
    if (renewed !== entry) writeFileSync(file, renewed);
    return success(undefined);
  } catch (error) {
    return failure("data_directory_unwritable", String(error).slice(0, 200));
  }
}

/** Where desktops look, by the XDG autostart specification. */
export function autostartFile(): string {
  return join(app.getPath("appData"), "autostart", "dgrid-desktop.desktop");
}

function desktopEntry(command: readonly string[]): string {
  return [
    "[Desktop Entry]",
    "Type=Application",
    "Name=D-GRID Desktop",
    "Comment=Give spare computing time to a grid of Git tasks",
    execLine(command),
    "X-GNOME-Autostart-enabled=true",
    "",
  ].join("\n");
}

function execLine(command: readonly string[]): string {
  return `Exec=${command.map(quoted).join(" ")}`;
}

/** An argument as the desktop entry specification wants it: quoted, and a % doubled. */
function quoted(argument: string): string {
  const escaped = argument.replace(/["`$\\]/g, (character) => `\\${character}`).replaceAll("%", "%%");
  // The string type of the file escapes backslashes once more.
  return `"${escaped.replaceAll("\\", "\\\\")}"`;
}
