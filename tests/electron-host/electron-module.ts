/** The module `electron` as the application imports it: by name, as a whole, or by `require`. */
import type * as Electron from "electron";
import * as everything from "./electron.ts";

export * from "./electron.ts";
export { everything as default, everything as "module.exports" };

// No name of Electron's is missing.
everything satisfies Record<keyof typeof Electron, object>;
