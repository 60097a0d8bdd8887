/** What the desktop tells of the machine: power, the person, heat, sleep; and what any machine tells. */
import { powerMonitor } from "electron";
import type { Settings } from "../../shared/settings/settings.ts";
import { machineMeter } from "../adapters/sensors/machine-meter.ts";
import { systemClock } from "../adapters/sensors/clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { Log, Readings, Sensors } from "../engine/ports.ts";
import { BusyMeter } from "../worker/busy-meter.ts";
import { OwnUse } from "../worker/own-use.ts";
import { linuxOnBattery } from "./battery.ts";
import { ProgramList } from "./program-list.ts";

export interface DesktopSensorsOptions {
  readonly dataDir: string;
  readonly cpuCount: number;
  readonly engine: () => Engine;
  readonly policy: () => Settings["policy"];
  readonly log: Log;
}

/** A system that woke up may not say so: having run for this long, it is awake. */
const ASLEEP_MOST_MS = 60_000;
/** A machine whose screen is locked has nobody at it, whatever moves its mouse. */
const LOCKED_IDLE_MS = 24 * 3_600_000;
/** Only whether it is locked is of interest; any threshold will do. */
const IDLE_STATE_SECONDS = 60;

export interface DesktopSensors extends Sensors {
  close(): void;
}

export function desktopSensors({ dataDir, cpuCount, engine, policy, log }: DesktopSensorsOptions): DesktopSensors {
  const meter = machineMeter(dataDir);
  const busy = new BusyMeter({
    meter: machineMeter(dataDir),
    clock: systemClock,
    cpuCount,
    ours: () => (own ??= new OwnUse(engine())).cpus(),
  });
  const programs = new ProgramList(log);
  // The engine is made with these sensors, so it is there only later.
  let own: OwnUse | undefined;
  let locked = false;
  /** Monotonic ms of falling asleep; that clock stands still while the system sleeps. */
  let asleepSinceMs: number | undefined;
  /** Some desktops do not tell how long nobody was there, and say 0 for ever. */
  let everIdle = false;

  const isAsleep = (): boolean =>
    asleepSinceMs !== undefined && systemClock.monotonic() - asleepSinceMs < ASLEEP_MOST_MS;
  const look = (): void => {
    engine()
      .sense({ asleep: isAsleep() })
      .catch((error: unknown) => log.error({ error: String(error) }, "a bug in reading the sensors"));
  };
  const ends = [
    on("lock-screen", () => (locked = true), look),
    on("unlock-screen", () => (locked = false), look),
    on("suspend", () => (asleepSinceMs = systemClock.monotonic()), look),
    on("resume", () => (asleepSinceMs = undefined), look),
    on("on-battery", () => undefined, look),
    on("on-ac", () => undefined, look),
    on("thermal-state-change", () => undefined, look),
  ];

  return {
    read: async (): Promise<Readings> => {
      const { exclusivePrograms } = policy();
      const [share, running] = await Promise.all([busy.read(), programs.running(exclusivePrograms)]);
      const freeDiskBytes = meter.freeDiskBytes();
      const idleSeconds = powerMonitor.getSystemIdleTime();
      if (idleSeconds > 0) everIdle = true;
      // Linux has no event for it.
      const isLocked = locked || powerMonitor.getSystemIdleState(IDLE_STATE_SECONDS) === "locked";
      return {
        asleep: isAsleep(),
        onBattery: powerMonitor.isOnBatteryPower() || linuxOnBattery() === true,
        tooHot: ["serious", "critical"].includes(powerMonitor.getCurrentThermalState()),
        freeMemoryBytes: process.availableMemory(),
        ...(isLocked ? { idleMs: LOCKED_IDLE_MS } : everIdle ? { idleMs: idleSeconds * 1000 } : {}),
        exclusivePrograms: running,
        ...(share === undefined ? {} : { busy: share }),
        ...(freeDiskBytes === undefined ? {} : { freeDiskBytes }),
      };
    },
    close: () => {
      for (const end of ends) end();
      own?.close();
    },
  };
}

type PowerEvent =
  | "lock-screen"
  | "unlock-screen"
  | "suspend"
  | "resume"
  | "on-battery"
  | "on-ac"
  | "thermal-state-change";

function on(event: PowerEvent, change: () => unknown, then: () => void): () => void {
  const listener = (): void => {
    change();
    then();
  };
  // Declared one event at a time; they are one emitter's.
  const monitor: NodeJS.EventEmitter = powerMonitor;
  monitor.on(event, listener);
  return () => void monitor.off(event, listener);
}
