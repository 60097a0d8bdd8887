/** Who this donor is and what the switch says, in one JSON file. */
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { DonorState } from "../../../shared/settings/donor.ts";
import type { Random, SettingsStore } from "../../engine/ports.ts";
import { openConf, type OpenFile, type SettingsFileOptions } from "./settings-store.ts";

const NAME = "donor";

/** Opens the file, or makes it; one that cannot be read is kept beside under another name. */
export function openDonorStore(
  directory: string,
  host: { readonly name: string; readonly random: Random } & SettingsFileOptions,
): SettingsStore<DonorState> {
  const { openFile = openConf } = host;
  const file = join(directory, `${NAME}.json`);
  const existing = existsSync(file) ? read(directory, openFile) : undefined;
  if (existsSync(file) && existing === undefined) {
    const kept = `${file}.damaged-${Date.now()}`;
    renameSync(file, kept);
    host.log.error({ kept }, "the settings were damaged; they were put aside and new ones begun");
    host.onDamaged?.(kept);
  }
  const store = new DonorStore(openFile(directory, NAME));
  if (existing === undefined) {
    store.write({
      version: 1,
      nodeId: nodeIdFor(host.name, host.random),
      instanceId: host.random.id(),
      mode: { kind: "off" },
    });
  }
  return store;
}

class DonorStore implements SettingsStore<DonorState> {
  readonly #conf: ReturnType<OpenFile>;
  #value: DonorState | undefined;

  constructor(conf: ReturnType<OpenFile>) {
    this.#conf = conf;
  }

  read(): DonorState {
    this.#value ??= DonorState.parse(this.#conf.get("donor"));
    return this.#value;
  }

  write(value: DonorState): Outcome<void> {
    this.#value = value;
    try {
      this.#conf.set("donor", value);
      return success(undefined);
    } catch (error) {
      const text = String(error);
      return failure(/ENOSPC|EDQUOT/.test(text) ? "disk_full" : "data_directory_unwritable", text.slice(0, 200));
    }
  }
}

function read(directory: string, openFile: OpenFile): DonorState | undefined {
  try {
    const parsed = DonorState.safeParse(openFile(directory, NAME).get("donor"));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The host's name made safe, and six random characters. */
function nodeIdFor(hostName: string, random: Random): string {
  const safe =
    hostName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 33) || "node";
  return `${safe}-${random.id().replaceAll("-", "").slice(0, 6)}`;
}
