import { execFile } from "node:child_process";

const DEADLINE_MS = 2_000;
/** Who shows status icons on a Linux desktop has this name on its bus. */
const WATCHER = "org.kde.StatusNotifierWatcher";

/** Whether the desktop shows tray icons. Windows and macOS do; a Linux desktop is asked over its bus. */
export function hasTrayPlace(): Promise<boolean> {
  if (process.platform !== "linux") return Promise.resolve(true);
  const args = [
    "--session",
    "--print-reply",
    "--dest=org.freedesktop.DBus",
    "/org/freedesktop/DBus",
    "org.freedesktop.DBus.NameHasOwner",
    `string:${WATCHER}`,
  ];
  return new Promise((resolve) => {
    // Without the program or the bus there is nobody to ask, and no icon either.
    execFile("dbus-send", args, { timeout: DEADLINE_MS }, (error, answer) =>
      resolve(error === null && /boolean true/.test(answer)),
    );
  });
}
