/** How this application starts itself: as the dead-man's switch, and at login. */
import { app } from "electron";

const DEADMAN = "--deadman";
/** Started without a window, as at login. */
export const HIDDEN = "--hidden";

export function isDeadman(argv: readonly string[]): boolean {
  return argv.includes(DEADMAN);
}

export interface OwnCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** The command that starts this program at login: the file that the donor has, not what it was unpacked to. */
export function loginCommand(args: readonly string[]): OwnCommand {
  return { ...ownCommand(args), command: process.env["PORTABLE_EXECUTABLE_FILE"] ?? ownCommand(args).command };
}

/** The command that starts this program: packaged it is one file, otherwise Electron and the project's folder. */
function ownCommand(args: readonly string[]): OwnCommand {
  const exe = app.getPath("exe");
  const { APPIMAGE: image, APPDIR: inside } = process.env;
  // An AppImage's inside is gone when the program that mounted it ends; the file itself stays. Another
  // program's AppImage may have started us.
  const command = image !== undefined && inside !== undefined && exe.startsWith(inside) ? image : exe;
  return { command, args: app.isPackaged ? args : [app.getAppPath(), ...args] };
}

/** The switch needs no screen: on Linux it must outlive the session whose windows end with it. */
export function deadmanCommand(): OwnCommand & { readonly env: Readonly<Record<string, string>> } {
  const headless = process.platform === "linux" ? ["--ozone-platform=headless"] : [];
  // Where Electron cannot start with its sandbox, its switch cannot either. Asking for the sandbox takes
  // the argument out of Chromium's command line, so it is read where it was given.
  const sandbox = process.argv.includes("--no-sandbox") ? ["--no-sandbox"] : [];
  const names = ["TMPDIR", "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"];
  const env: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...ownCommand([DEADMAN, "--disable-gpu", ...headless, ...sandbox]), env };
}
