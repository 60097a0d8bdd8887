/** Everything the donor decides, in one JSON file. */
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { Settings } from "../../../shared/settings/settings.ts";
import type { Log, SettingsStore } from "../../engine/ports.ts";

const NAME = "settings";

/** What keeps one value in one JSON file of a directory: `conf`, or what a host has in its place. */
export type OpenFile = (directory: string, name: string) => Pick<Conf, "get" | "set">;

export const openConf: OpenFile = (directory, name) =>
  new Conf({ cwd: directory, configName: name, accessPropertiesByDotNotation: false });

export interface SettingsFileOptions {
  readonly log: Log;
  /** Told where a damaged file was put. */
  readonly onDamaged?: (kept: string) => void;
  readonly openFile?: OpenFile;
}

/** Opens the file; one that cannot be read is kept beside under another name, and the defaults hold. */
export function openSettingsStore(
  directory: string,
  { log, onDamaged, openFile = openConf }: SettingsFileOptions,
): SettingsStore<Settings> {
  const file = join(directory, `${NAME}.json`);
  let value = existsSync(file) ? read(directory, openFile) : Settings.parse({});
  if (value === undefined) {
    const kept = `${file}.damaged-${Date.now()}`;
    renameSync(file, kept);
    log.error({ kept }, "the settings were damaged; they were put aside and the defaults hold");
    onDamaged?.(kept);
    value = Settings.parse({});
  }
  let current = value;
  const conf = openFile(directory, NAME);
  return {
    read: () => current,
    write: (next) => {
      current = next;
      return write(conf, next);
    },
  };
}

function read(directory: string, openFile: OpenFile): Settings | undefined {
  try {
    const parsed = Settings.safeParse(openFile(directory, NAME).get("settings"));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function write(conf: ReturnType<OpenFile>, value: Settings): Outcome<void> {
  try {
    conf.set("settings", value);
    return success(undefined);
  } catch (error) {
    const text = String(error);
    return failure(/ENOSPC|EDQUOT/.test(text) ? "disk_full" : "data_directory_unwritable", text.slice(0, 200));
  }
}
