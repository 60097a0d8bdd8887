import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";
import { RecoveredNotices } from "../recovered/recovered-notices.tsx";
import { EngineStep } from "./engine-step.tsx";
import { GridStep } from "./grid-step.tsx";
import { LimitsStep } from "./limits-step.tsx";
import { NextButton } from "./next-button.tsx";
import { SetupSteps } from "./setup-steps.tsx";
import { STEPS, type Step } from "./steps.ts";
import { SummaryStep } from "./summary-step.tsx";
import { useSetupChecks } from "./use-setup-checks.ts";
import classes from "./setup-screen.module.css";

/** The first run: three steps that can each be skipped, and nothing runs before the last word. */
export function SetupScreen() {
  const { t } = useTranslation("setup");
  const [step, setStep] = useState<Step>("engine");
  const [seen, setSeen] = useState<ReadonlySet<Step>>(new Set<Step>(["engine"]));
  const checks = useSetupChecks();
  const content = useRef<HTMLDivElement>(null);
  const at = STEPS.indexOf(step);

  const go = (to: Step): void => {
    setStep(to);
    setSeen((before) => new Set(before).add(to));
    // What is new is read out, and the keys go on from there.
    content.current?.focus();
  };
  const to = (by: number): void => go(STEPS[Math.min(STEPS.length - 1, Math.max(0, at + by))] ?? step);

  return (
    <div className={classes.alone}>
      <Page title={t("title")} lead={t("lead")}>
        <div className={classes.frame}>
          <RecoveredNotices />
          <SetupSteps step={step} seen={seen} checks={checks} onGo={go} />
          <div ref={content} tabIndex={-1} className={classes.content}>
            {step === "engine" ? <EngineStep checks={checks} /> : null}
            {step === "grid" ? <GridStep /> : null}
            {step === "limits" ? <LimitsStep /> : null}
            {step === "summary" ? <SummaryStep checks={checks} /> : null}
          </div>
          <div className={classes.foot}>
            {at === 0 ? (
              <span />
            ) : (
              <Button variant="subtle" onClick={() => to(-1)}>
                {t("back")}
              </Button>
            )}
            {step === "summary" ? null : <NextButton step={step} checks={checks} onNext={() => to(1)} />}
          </div>
        </div>
      </Page>
    </div>
  );
}
