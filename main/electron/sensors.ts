/** What the desktop tells of the machine: power, the person, heat, sleep; and what any machine tells. */
import { powerMonitor } from "electron";
import type { Settings } from "../../shared/settings/settings.ts";
import { machineMeter } from "../adapters/sensors/machine-meter.ts";
import { systemClock } from "../adapters/sensors/clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { Log, Readings, Sensors } from "../engine/ports.ts";
import { BusyMeter } from "../worker/busy-meter.ts";
import { OwnUse } from "../worker/own-use.ts";
import { ProgramList } from "./program-list.ts";

export interface DesktopSensorsOptions {
  readonly dataDir: string;
  readonly cpuCount: number;
  readonly engine: () => Engine;
  readonly policy: () => Settings["policy"];
  readonly log: Log;
}

/** A machine whose screen is locked has nobody at it, whatever moves its mouse. */
const LOCKED_IDLE_MS = 24 * 3_600_000;

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
  let asleep = false;

  const look = (): void => {
    engine()
      .sense()
      .catch((error: unknown) => log.error({ error: String(error) }, "a bug in reading the sensors"));
  };
  const ends = [
    on("lock-screen", () => (locked = true), look),
    on("unlock-screen", () => (locked = false), look),
    on("suspend", () => (asleep = true), look),
    on("resume", () => (asleep = false), look),
    on("on-battery", () => undefined, look),
    on("on-ac", () => undefined, look),
    on("thermal-state-change", () => undefined, look),
  ];

  return {
    read: async (): Promise<Readings> => {
      const { exclusivePrograms } = policy();
      const [share, running] = await Promise.all([busy.read(), programs.running(exclusivePrograms)]);
      const freeDiskBytes = meter.freeDiskBytes();
      return {
        asleep,
        onBattery: powerMonitor.isOnBatteryPower(),
        tooHot: ["serious", "critical"].includes(powerMonitor.getCurrentThermalState()),
        freeMemoryBytes: process.availableMemory(),
        idleMs: locked ? LOCKED_IDLE_MS : powerMonitor.getSystemIdleTime() * 1000,
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
