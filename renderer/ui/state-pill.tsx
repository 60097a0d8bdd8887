import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PLACES } from "../routes.ts";
import { usePicture } from "../state/use-picture.ts";
import { StateShape } from "./state-shape.tsx";
import classes from "./state-pill.module.css";

/** What the machine does, in shape, colour and words; leads Home, where the reason stands. */
export function StatePill() {
  const { t } = useTranslation("status");
  const status = usePicture((picture) => picture.status);
  return (
    <Tooltip label={t(`reason.${status.reason}.why`)} multiline maw={280} position="bottom-end">
      <Link href={PLACES.home} className={classes.pill} data-state={status.state}>
        <StateShape state={status.state} size={12} />
        <span className={classes.words}>{t(`reason.${status.reason}.title`)}</span>
      </Link>
    </Tooltip>
  );
}
