import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { QueueRow } from "../../../shared/contract/views.ts";
import { Foreign } from "../../ui/foreign.tsx";
import type { Column } from "../../ui/virtual-table.tsx";
import { When } from "../../ui/when.tsx";
import { PriorityMark } from "./priority-mark.tsx";
import { taskName, waitingSinceMs } from "./queue-view.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/** Texts of a row are cut for display: a cell shows one line of them. */
const CELL_MAX_CHARACTERS = 200;

export function useQueueColumns(): readonly Column<QueueRow>[] {
  const { t } = useTranslation("queue");
  return useMemo(
    () => [
      {
        key: "task",
        header: t("column.task"),
        width: "minmax(11rem, 2fr)",
        sortable: true,
        render: (row) => <Foreign text={taskName(row).slice(0, CELL_MAX_CHARACTERS)} />,
      },
      {
        key: "priority",
        header: t("column.priority"),
        width: "6.5rem",
        sortable: true,
        render: (row) => <PriorityMark priority={row.priority ?? defaultPriority(row)} />,
      },
      {
        key: "verdict",
        header: t("column.verdict"),
        width: "minmax(12.5rem, 1.4fr)",
        sortable: true,
        render: (row) => <VerdictMark verdict={row.verdict} />,
      },
      {
        key: "age",
        header: t("column.age"),
        width: "8.5rem",
        sortable: true,
        render: (row) => <Age atMs={waitingSinceMs(row)} />,
      },
      {
        key: "author",
        header: t("column.author"),
        width: "minmax(8rem, 1fr)",
        sortable: true,
        render: (row) => <Cell text={row.author} />,
      },
      {
        key: "image",
        header: t("column.image"),
        width: "minmax(9rem, 1.2fr)",
        sortable: true,
        render: (row) => <Cell text={row.image} />,
      },
    ],
    [t],
  );
}

/** What a valid task has that names none; a file that is no task has none. */
function defaultPriority({ timeoutSeconds }: QueueRow): "medium" | undefined {
  return timeoutSeconds === undefined ? undefined : "medium";
}

function Cell({ text }: { readonly text: string | undefined }) {
  const { t } = useTranslation();
  return text === undefined ? t("noValue") : <Foreign text={text.slice(0, CELL_MAX_CHARACTERS)} dimmed />;
}

function Age({ atMs }: { readonly atMs: number | undefined }) {
  const { t } = useTranslation();
  return atMs === undefined ? t("noValue") : <When atMs={atMs} />;
}
