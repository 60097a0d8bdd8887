import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { GridView } from "../../../shared/contract/views.ts";
import { taskPath } from "../../routes.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Foreign } from "../../ui/foreign.tsx";

interface SubmittedProps {
  readonly grid: GridView;
  readonly taskId: string;
  readonly onAnother: () => void;
}

/** It is on the queue: where to see it, and what next. */
export function Submitted({ grid, taskId, onAnother }: SubmittedProps) {
  const { t } = useTranslation("submit");
  return (
    <div role="status">
      <EmptyState
        icon={<IconCircleCheck size={28} />}
        title={t("doneTitle")}
        text={
          <>
            <strong>
              <Foreign text={taskId} />
            </strong>{" "}
            · <Foreign text={grid.name} lines={1} />
            <br />
            {t("doneText")}
          </>
        }
        action={
          <>
            <Button component={Link} href={taskPath(grid.id, `${taskId}.json`)}>
              {t("toQueue")}
            </Button>
            <Button variant="default" onClick={onAnother}>
              {t("another")}
            </Button>
          </>
        }
      />
    </div>
  );
}
