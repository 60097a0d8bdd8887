/** `screen`: one display that nobody looks at. */
import { app } from "./app.ts";
import { HostEmitter } from "./unimplemented.ts";

/** Its size in pixels. */
export const display = { width: 1920, height: 1080 } as const;

class Screen extends HostEmitter implements Pick<Electron.Screen, "getPrimaryDisplay" | "getAllDisplays"> {
  getPrimaryDisplay(): Electron.Display {
    app.requireReady("screen");
    const bounds = { x: 0, y: 0, ...display };
    return {
      id: 1,
      label: "host",
      bounds,
      workArea: bounds,
      size: { ...display },
      workAreaSize: { ...display },
      nativeOrigin: { x: 0, y: 0 },
      maximumCursorSize: { width: 64, height: 64 },
      scaleFactor: 1,
      rotation: 0,
      colorDepth: 24,
      colorSpace: "srgb",
      depthPerComponent: 8,
      displayFrequency: 60,
      accelerometerSupport: "unavailable",
      touchSupport: "unavailable",
      detected: true,
      internal: true,
      monochrome: false,
    };
  }
  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }
}

export const screen = new Screen();
