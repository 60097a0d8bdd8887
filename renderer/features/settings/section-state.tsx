import { IconAlertTriangle, IconCheck, IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SectionState } from "./use-section.ts";
import classes from "./section-state.module.css";

const ICONS = { saving: IconLoader2, saved: IconCheck, undone: IconAlertTriangle };

/** Whether a change is in force. Always there for those who listen, seen only when there is something to say. */
export function SectionStateNote({ state }: { readonly state: SectionState }) {
  const { t } = useTranslation("limits");
  const Icon = state === "idle" ? undefined : ICONS[state];
  return (
    <span role="status" className={classes.note} data-state={state}>
      {Icon === undefined || state === "idle" ? null : (
        <>
          <Icon size={16} aria-hidden /> {t(state)}
        </>
      )}
    </span>
  );
}
