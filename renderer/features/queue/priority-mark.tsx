import { useTranslation } from "react-i18next";
import type { QueueRow } from "../../../shared/contract/views.ts";
import classes from "./priority-mark.module.css";

const BARS = { critical: 4, high: 3, medium: 2, low: 1 } as const;

/** A priority as bars and a word. */
export function PriorityMark({ priority }: { readonly priority: QueueRow["priority"] }) {
  const { t } = useTranslation("queue");
  const { t: common } = useTranslation();
  if (priority === undefined) return common("noValue");
  return (
    <span className={classes.mark} data-priority={priority}>
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <rect
            key={bar}
            className={bar <= BARS[priority] ? classes.full : classes.hollow}
            x={(bar - 1) * 3.5}
            y={12 - bar * 3}
            width={2.5}
            height={bar * 3}
            rx={0.75}
          />
        ))}
      </svg>
      {t(`priority.${priority}`)}
    </span>
  );
}
