import { success } from "../../../shared/contract/fault.ts";
import { deleteRuns } from "../delete-runs.ts";
import { exportPart } from "../history-export.ts";
import type { ApiContext, HandlersOf } from "./context.ts";

/** Rows of one part of an export. */
const PART_ROWS = 2_000;
const DAY_MS = 86_400_000;

export function historyHandlers({ host }: ApiContext): HandlersOf<"history"> {
  const { history, clock } = host;
  return {
    "history.page": ({ filter, sort, offset, limit }) => {
      const { total, rows } = history.page(filter, sort, { offset, limit });
      return success({ total, rows: [...rows] });
    },
    "history.export": ({ filter, sort, format, offset }) => {
      const { total, rows } = history.page(filter, sort, { offset, limit: PART_ROWS });
      const next = offset + rows.length;
      const last = rows.length === 0 || next >= total;
      return success({ text: exportPart(rows, { format, first: offset === 0, last }), next: last ? null : next });
    },
    "history.delete": async ({ filter }, { signal }) => {
      const deleted = await deleteRuns(history, filter, signal);
      return deleted.ok ? success({ deleted: deleted.value }) : deleted;
    },
    "history.grids": () => success([...history.grids()]),
    "history.days": ({ days }) => success([...history.days(clock.now() - days * DAY_MS)]),
  };
}
