import { IconAlertTriangle, IconCircleCheck, IconCircleMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { verdictKind, type Verdict } from "./verdict.ts";
import classes from "./verdict-mark.module.css";

const ICONS = { take: IconCircleCheck, not: IconCircleMinus, problem: IconAlertTriangle };

/** What this machine would do with a task: picture and words. The explanation is the tooltip. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation("queue");
  const kind = verdictKind(verdict);
  const Symbol = ICONS[kind];
  return (
    <span className={classes.mark} data-kind={kind} title={t(`why.${verdict}`)}>
      <Symbol size={16} stroke={1.8} aria-hidden />
      <span className={classes.words}>{t(`verdict.${verdict}`)}</span>
    </span>
  );
}
