import type { Sensors } from "../../engine/ports.ts";

/** A machine that tells nothing of itself: every reading is unknown, and unknown never suspends. */
export const noSensors: Sensors = { read: async () => ({}) };
