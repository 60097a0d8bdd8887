/** The desktop around the application: nothing is ever opened or asked, and what would have been is kept. */
import { HostEmitter, HostObject } from "./unimplemented.ts";

class Shell
  extends HostObject
  implements Pick<Electron.Shell, "openExternal" | "openPath" | "showItemInFolder" | "beep" | "trashItem">
{
  /** What would have been opened, for a test to look at. */
  readonly opened: string[] = [];

  openExternal(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  }
  openPath(path: string): Promise<string> {
    this.opened.push(path);
    return Promise.resolve("");
  }
  showItemInFolder(fullPath: string): void {
    this.opened.push(fullPath);
  }
  beep(): void {
    this.opened.push("beep");
  }
  trashItem(path: string): Promise<void> {
    return Promise.reject(new Error(`the Electron host throws nothing away: ${path}`));
  }
}

export const shell = new Shell();

type Windowed<O> = readonly [O] | readonly [unknown, O];

/** Electron takes the options alone, or after the window they belong to. */
const optionsOf = <O>(args: Windowed<O>): O => (args.length === 1 ? args[0] : args[1]);

class Dialog
  extends HostObject
  implements Pick<Electron.Dialog, "showMessageBox" | "showErrorBox" | "showOpenDialog" | "showSaveDialog">
{
  showMessageBox(...args: Windowed<Electron.MessageBoxOptions>): Promise<Electron.MessageBoxReturnValue> {
    const { cancelId, defaultId, checkboxChecked = false } = optionsOf(args);
    return Promise.resolve({ response: cancelId ?? defaultId ?? 0, checkboxChecked });
  }
  showErrorBox(title: string, content: string): void {
    console.error(`${title}\n${content}`);
  }
  showOpenDialog(): Promise<Electron.OpenDialogReturnValue> {
    return Promise.resolve({ canceled: true, filePaths: [] });
  }
  showSaveDialog(): Promise<Electron.SaveDialogReturnValue> {
    return Promise.resolve({ canceled: true, filePath: "" });
  }
}

export const dialog = new Dialog();

type Theme = Pick<Electron.NativeTheme, "shouldUseDarkColors" | "themeSource" | "shouldUseHighContrastColors">;

class NativeTheme extends HostEmitter implements Theme {
  readonly shouldUseHighContrastColors = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  #source: Electron.NativeTheme["themeSource"] = "system";

  get shouldUseDarkColors(): boolean {
    return this.#source === "dark";
  }
  get themeSource(): Electron.NativeTheme["themeSource"] {
    return this.#source;
  }
  set themeSource(source: Electron.NativeTheme["themeSource"]) {
    const wasDark = this.shouldUseDarkColors;
    this.#source = source;
    if (wasDark !== this.shouldUseDarkColors) this.emit("updated");
  }
}

export const nativeTheme = new NativeTheme();

class Clipboard extends HostObject implements Pick<Electron.Clipboard, "writeText" | "readText" | "clear"> {
  #text = "";

  writeText(text: string): Promise<void> {
    this.#text = text;
    return Promise.resolve();
  }
  readText(): Promise<string> {
    return Promise.resolve(this.#text);
  }
  clear(): void {
    this.#text = "";
  }
}

export const clipboard = new Clipboard();

class CrashReporter extends HostObject implements Pick<Electron.CrashReporter, "start" | "addExtraParameter"> {
  /** Whether reports would be sent anywhere, for a test to look at. */
  options: Electron.CrashReporterStartOptions | undefined;

  start(options: Electron.CrashReporterStartOptions): void {
    this.options = options;
  }
  addExtraParameter(_key: string, _value: string): void {
    // No report is ever made.
  }
}

export const crashReporter = new CrashReporter();

class Net extends HostObject implements Pick<Electron.Net, "isOnline" | "online" | "fetch"> {
  readonly online = true;

  isOnline(): boolean {
    return this.online;
  }
  fetch(input: string | Request): Promise<Response> {
    const url = typeof input === "string" ? input : input.url;
    return Promise.reject(new Error(`net::ERR_INTERNET_DISCONNECTED: the Electron host fetches nothing: ${url}`));
  }
}

export const net = new Net();
