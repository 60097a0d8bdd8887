import { useCallback, useMemo } from "react";
import type { Limits } from "../../../shared/domain/limits.ts";
import { usePicture } from "../../state/use-picture.ts";
import { useSection } from "../settings/use-section.ts";
import { chosenBy, presetLimits, presetOf, type Preset } from "./limit-rules.ts";

export type LimitName = keyof Limits;

/** The limits as they are being changed: what the person moves is seen at once and applied by itself. */
export function useLimits() {
  const section = useSection("limits");
  const machine = usePicture((picture) => picture.machine);
  const view = usePicture((picture) => picture.settings);
  const { value: chosen, change } = section;
  const { defaults, overrides } = view;

  const inForce = useMemo((): Limits => {
    const fixed = new Set(overrides.map(({ setting }) => setting));
    const pick = (name: LimitName): number =>
      fixed.has(`limits.${name}`) ? view.limits[name] : (chosen[name] ?? defaults[name]);
    return {
      cpus: pick("cpus"),
      memoryBytes: pick("memoryBytes"),
      parallel: pick("parallel"),
      pids: pick("pids"),
      tmpBytes: pick("tmpBytes"),
    };
  }, [chosen, defaults, overrides, view.limits]);

  const set = useCallback((name: LimitName, next: number) => change({ ...chosen, [name]: next }), [change, chosen]);
  const follow = useCallback(
    (name: LimitName) => {
      const { [name]: _dropped, ...rest } = chosen;
      change(rest);
    },
    [change, chosen],
  );
  const apply = useCallback(
    (preset: Preset) => change(chosenBy(preset, presetLimits(preset, machine, defaults, inForce.tmpBytes), chosen)),
    [change, chosen, machine, defaults, inForce.tmpBytes],
  );

  return {
    section,
    machine,
    defaults,
    inForce,
    preset: presetOf(inForce, machine, defaults),
    isChosen: (name: LimitName) => chosen[name] !== undefined && chosen[name] !== defaults[name],
    set,
    follow,
    apply,
  };
}

export type LimitsInHand = ReturnType<typeof useLimits>;
