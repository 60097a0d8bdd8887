/** The host's own command line, read as Electron's binary reads it: `[-r file]... <appDir> [args]`. */
import { HostObject } from "./unimplemented.ts";

export interface HostArguments {
  /** Files to load before the application. */
  readonly requires: readonly string[];
  /** The application's folder as it was given. */
  readonly appDir: string;
  /** What the application sees after the executable: its folder, and everything else in its order. */
  readonly seen: readonly string[];
}

export function parseArguments(argv: readonly string[]): HostArguments {
  const requires: string[] = [];
  const seen: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] ?? "";
    const isRequire = (argument === "-r" || argument === "--require") && !seen.some((one) => !one.startsWith("-"));
    if (isRequire) requires.push(argv[(at += 1)] ?? "");
    else seen.push(argument);
  }
  const appDir = seen.find((argument) => !argument.startsWith("-"));
  if (appDir === undefined) throw new Error("usage: electron [-r file]... <folder of the application> [arguments]");
  return { requires, appDir, seen };
}

/** Chromium's switches as the application asks for them; appended ones are seen by nobody else. */
export class CommandLine
  extends HostObject
  implements
    Pick<Electron.CommandLine, "appendSwitch" | "appendArgument" | "hasSwitch" | "getSwitchValue" | "removeSwitch">
{
  readonly #switches = new Map<string, string>();
  readonly arguments: string[] = [];

  read(argv: readonly string[]): void {
    for (const argument of argv) {
      const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.#switches.set(name.toLowerCase(), value ?? "");
    }
  }
  appendSwitch(name: string, value?: string): void {
    this.#switches.set(name.toLowerCase(), value ?? "");
  }
  appendArgument(value: string): void {
    this.arguments.push(value);
  }
  hasSwitch(name: string): boolean {
    return this.#switches.has(name.toLowerCase());
  }
  getSwitchValue(name: string): string {
    return this.#switches.get(name.toLowerCase()) ?? "";
  }
  removeSwitch(name: string): void {
    this.#switches.delete(name.toLowerCase());
  }
}
