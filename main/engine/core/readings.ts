/** What this machine can tell; undefined is unknown, and unknown never suspends. */
export interface Readings {
  /** The system is about to sleep, or has not woken up yet. */
  readonly asleep?: boolean;
  readonly onBattery?: boolean;
  readonly tooHot?: boolean;
  readonly freeMemoryBytes?: number;
  readonly idleMs?: number;
  readonly exclusivePrograms?: readonly string[];
  /** CPU used by everything but our containers, 0..1, averaged over 10 s. */
  readonly busy?: number;
  readonly meteredNetwork?: boolean;
  readonly freeDiskBytes?: number;
}
