import { usePicture } from "../../state/use-picture.ts";

/** The environment variable that decides a setting ("limits.cpus"), or undefined where the donor does. */
export function useOverride(setting: string): string | undefined {
  return usePicture((picture) => picture.settings.overrides.find((one) => one.setting === setting)?.variable);
}
