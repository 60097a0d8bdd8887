/** Everything the donor decides, in one JSON file. */
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { Settings } from "../../../shared/settings/settings.ts";
import type { Log, SettingsStore } from "../../engine/ports.ts";

const NAME = "settings";

/** Opens the file; one that cannot be read is kept beside under another name, and the defaults hold. */
export function openSettingsStore(directory: string, log: Log): SettingsStore<Settings> {
  const file = join(directory, `${NAME}.json`);
  let value = existsSync(file) ? read(directory) : Settings.parse({});
  if (value === undefined) {
    const kept = `${file}.damaged-${Date.now()}`;
    renameSync(file, kept);
    log.error({ kept }, "the settings were damaged; they were put aside and the defaults hold");
    value = Settings.parse({});
  }
  let current = value;
  const conf = open(directory);
  return {
    read: () => current,
    write: (next) => {
      current = next;
      return write(conf, next);
    },
  };
}

function open(directory: string): Conf<{ settings: unknown }> {
  return new Conf({ cwd: directory, configName: NAME, accessPropertiesByDotNotation: false });
}

function read(directory: string): Settings | undefined {
  try {
    const parsed = Settings.safeParse(open(directory).get("settings"));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function write(conf: Conf<{ settings: unknown }>, value: Settings): Outcome<void> {
  try {
    conf.set("settings", value);
    return success(undefined);
  } catch (error) {
    const text = String(error);
    return failure(/ENOSPC|EDQUOT/.test(text) ? "disk_full" : "data_directory_unwritable", text.slice(0, 200));
  }
}
