import { Button, Drawer } from "@mantine/core";
import { IconGhost2 } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../../shared/contract/fault.ts";
import type { TaskView } from "../../../shared/contract/views.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Loading } from "../../ui/loading.tsx";
import { TaskDetails } from "./task-details.tsx";
import classes from "./task-drawer.module.css";

export interface TaskDrawerProps {
  readonly gridId: string;
  /** undefined: closed. */
  readonly file: string | undefined;
  readonly onClose: () => void;
}

/** Exactly what will run, beside the queue. */
export function TaskDrawer({ gridId, file, onClose }: TaskDrawerProps) {
  const { t } = useTranslation("queue");
  const { t: common } = useTranslation();
  return (
    <Drawer
      opened={file !== undefined}
      onClose={onClose}
      position="right"
      size="min(56rem, 100vw)"
      title={t("drawer.title")}
      closeButtonProps={{ "aria-label": common("close") }}
      classNames={{ title: classes.title ?? "", body: classes.body ?? "", header: classes.header ?? "" }}
    >
      {file === undefined ? null : (
        <Inspected key={`${gridId} ${file}`} gridId={gridId} file={file} onClose={onClose} />
      )}
    </Drawer>
  );
}

interface InspectedProps {
  readonly gridId: string;
  readonly file: string;
  readonly onClose: () => void;
}

function Inspected({ gridId, file, onClose }: InspectedProps) {
  const { t } = useTranslation("queue");
  const row = usePicture((picture) => picture.queues.get(gridId)?.get(file));
  const [answer, setAnswer] = useState<Outcome<TaskView>>();
  // Another verdict or another commit means another answer; what was shown stays until it is there.
  useEffect(() => {
    const abort = new AbortController();
    void call("queue.inspect", { gridId, file }, { signal: abort.signal }).then((outcome) => {
      if (!abort.signal.aborted) setAnswer(outcome);
    });
    return () => abort.abort();
  }, [gridId, file, row]);

  if (answer === undefined) return <Loading label={t("drawer.loading")} />;
  if (answer.ok) return <TaskDetails task={answer.value} />;
  if (answer.fault.code !== "task_unknown") return <FaultAlert fault={answer.fault} />;
  return (
    <EmptyState
      order={3}
      icon={<IconGhost2 />}
      title={t("drawer.gone")}
      text={t("drawer.goneText")}
      action={
        <Button variant="default" onClick={onClose}>
          {t("drawer.back")}
        </Button>
      }
    />
  );
}
