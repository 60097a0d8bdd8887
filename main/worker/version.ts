import packageJson from "../../package.json" with { type: "json" };

/** This program's version, from the one place that has it. */
export const VERSION: string = packageJson.version;
