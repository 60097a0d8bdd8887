import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { STEPS, type Step } from "./steps.ts";
import type { SetupChecks } from "./use-setup-checks.ts";
import classes from "./setup-steps.module.css";

interface SetupStepsProps {
  readonly step: Step;
  readonly seen: ReadonlySet<Step>;
  readonly checks: SetupChecks;
  readonly onGo: (step: Step) => void;
}

/** Where one is, what is done, and the way to each step. */
export function SetupSteps({ step, seen, checks, onGo }: SetupStepsProps) {
  const { t } = useTranslation("setup");
  const grids = usePicture((picture) => picture.grids.size);
  const at = STEPS.indexOf(step);
  const fulfilled: Record<Step, boolean> = {
    engine: checks.ready,
    grid: grids > 0,
    limits: seen.has("limits") && at > STEPS.indexOf("limits"),
    summary: false,
  };
  const stateOf = (one: Step, index: number): "current" | "done" | "skipped" | "open" => {
    if (one === step) return "current";
    if (fulfilled[one]) return "done";
    return index < at ? "skipped" : "open";
  };
  return (
    <ol className={classes.steps} aria-label={t("steps")}>
      {STEPS.map((one, index) => {
        const state = stateOf(one, index);
        return (
          <li key={one}>
            <button
              type="button"
              className={classes.step}
              data-state={state}
              aria-current={one === step ? "step" : undefined}
              onClick={() => onGo(one)}
            >
              <span className={classes.number} aria-hidden>
                {state === "done" ? <IconCheck size={16} /> : index + 1}
              </span>
              <span>{t(`step.${one}`)}</span>
              <span className={classes.unseen}>, {t(`stepState.${state}`)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
