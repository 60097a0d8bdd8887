import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import type { Step } from "./steps.ts";
import type { SetupChecks } from "./use-setup-checks.ts";

interface NextButtonProps {
  readonly step: Step;
  readonly checks: SetupChecks;
  readonly onNext: () => void;
}

/** Goes on; says "skip" where the step is left as it is. */
export function NextButton({ step, checks, onNext }: NextButtonProps) {
  const { t } = useTranslation("setup");
  const grids = usePicture((picture) => picture.grids.size);
  const settled = step === "limits" || (step === "engine" && checks.ready) || (step === "grid" && grids > 0);
  return (
    <Button
      variant={settled ? "filled" : "default"}
      rightSection={<IconArrowRight size={18} aria-hidden />}
      onClick={onNext}
    >
      {t(settled ? "next" : "skip")}
    </Button>
  );
}
