import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SUPPLIES = "/sys/class/power_supply";

/**
 * Whether a Linux machine runs on its battery, by the kernel's own word: Chromium does not tell there
 * (electron issue 29614). undefined where nothing is known, as on every other system.
 */
export function linuxOnBattery(folder = SUPPLIES): boolean | undefined {
  if (process.platform !== "linux" || !existsSync(folder)) return undefined;
  const supplies = readdirSync(folder).map((name) => ({
    type: fact(folder, name, "type"),
    online: fact(folder, name, "online"),
    status: fact(folder, name, "status"),
    scope: fact(folder, name, "scope"),
  }));
  if (supplies.some(({ type, online }) => type === "Mains" && online === "1")) return false;
  // A mouse has a battery too.
  const batteries = supplies.filter(({ type, scope }) => type === "Battery" && scope !== "Device");
  if (batteries.length === 0) return undefined;
  return batteries.some(({ status }) => status === "Discharging");
}

function fact(folder: string, supply: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, supply, name), "utf8").trim();
  } catch (error) {
    // Not every supply has every fact, and one may be unplugged while it is read.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
