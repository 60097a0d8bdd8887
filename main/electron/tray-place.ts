import { execFile } from "node:child_process";

const DEADLINE_MS = 2_000;
/** Who keeps the list of status icons on a Linux desktop has this name on its bus, and knows whether anybody shows them. */
const WATCHER = "org.kde.StatusNotifierWatcher";

/** Whether the desktop shows tray icons. Windows and macOS do; a Linux desktop is asked over its bus. */
export function hasTrayPlace(): Promise<boolean> {
  if (process.platform !== "linux") return Promise.resolve(true);
  const args = [
    "--session",
    "--print-reply",
    `--dest=${WATCHER}`,
    "/StatusNotifierWatcher",
    "org.freedesktop.DBus.Properties.Get",
    `string:${WATCHER}`,
    "string:IsStatusNotifierHostRegistered",
  ];
  return new Promise((resolve) => {
    // Without the program or the bus there is nobody to ask, and no icon either.
    execFile("dbus-send", args, { timeout: DEADLINE_MS }, (error, answer) =>
      resolve(error === null && /boolean true/.test(answer)),
    );
  });
}
