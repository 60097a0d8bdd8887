import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { Loading } from "../../ui/loading.tsx";
import { RunDetailsView } from "./run-details.tsx";
import { useRunDetails } from "./use-run-details.ts";
import classes from "./run-details.module.css";

interface RunDrawerProps {
  /** undefined: closed. */
  readonly claimId: string | undefined;
  readonly onClose: () => void;
}

/** One run with everything the history knows of it. */
export function RunDrawer({ claimId, onClose }: RunDrawerProps) {
  const { t } = useTranslation("history");
  const { details, fault } = useRunDetails(claimId);
  return (
    <Drawer.Root opened={claimId !== undefined} onClose={onClose} position="right" size="min(48rem, 100vw)">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body className={classes.body ?? ""}>
          <div className={classes.head}>
            <Drawer.Title className={classes.title ?? ""}>
              {details === undefined ? t("detailsTitle") : <Foreign text={details.row.taskId} lines={3} />}
            </Drawer.Title>
            <Drawer.CloseButton aria-label={t("close")} />
          </div>
          {fault === undefined ? null : <FaultAlert fault={fault} />}
          {details === undefined && fault === undefined ? <Loading label={t("loading")} /> : null}
          {details === undefined ? null : <RunDetailsView details={details} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
