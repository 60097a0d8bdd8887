/** `powerMonitor`: a machine at rest and on mains, until a test replaces a method or emits an event. */
import { EventEmitter } from "node:events";

type Implemented =
  | "isOnBatteryPower"
  | "onBatteryPower"
  | "getSystemIdleTime"
  | "getSystemIdleState"
  | "getCurrentThermalState";

class PowerMonitor extends EventEmitter implements Pick<Electron.PowerMonitor, Implemented> {
  get onBatteryPower(): boolean {
    return this.isOnBatteryPower();
  }
  isOnBatteryPower(): boolean {
    return false;
  }
  getSystemIdleTime(): number {
    return 3_600;
  }
  getSystemIdleState(idleThreshold: number): "active" | "idle" | "locked" | "unknown" {
    return this.getSystemIdleTime() >= idleThreshold ? "idle" : "active";
  }
  getCurrentThermalState(): "unknown" | "nominal" | "fair" | "serious" | "critical" {
    return "nominal";
  }
}

export const powerMonitor = new PowerMonitor();
