/** Where Electron keeps things, by the same variables of the environment. */
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

export type PathName = Parameters<Electron.App["getPath"]>[0];

const HERE = import.meta.dirname;

/** The executable that starts the host again. */
export const EXECUTABLE = join(HERE, "electron");

/** Node's own executable: `process.execPath` will name the host, as it names Electron there. */
export const NODE = process.execPath;

/** The folder below which each application has one of its own. */
function appDataPath(): string {
  if (process.platform === "win32") return process.env["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  return process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");
}

/** The path Electron would say unless the application set another; undefined for what the host does not know. */
export function defaultPath(name: PathName, of: { readonly appName: string; userData(): string }): string | undefined {
  switch (name) {
    case "home":
      return homedir();
    case "temp":
      return tmpdir();
    case "exe":
    case "module":
      return EXECUTABLE;
    case "appData":
      return appDataPath();
    case "userData":
      return join(appDataPath(), of.appName);
    case "sessionData":
      return of.userData();
    case "logs":
      return join(of.userData(), "logs");
    case "crashDumps":
      return join(of.userData(), "Crashpad");
    case "assets":
      return HERE;
    case "desktop":
      return join(homedir(), "Desktop");
    case "documents":
      return join(homedir(), "Documents");
    case "downloads":
      return join(homedir(), "Downloads");
    case "music":
    case "pictures":
    case "videos":
    case "recent":
      return undefined;
  }
}
