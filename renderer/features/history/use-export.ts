import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault, Outcome } from "../../../shared/contract/fault.ts";
import type { HistoryFilter, HistorySort, MethodOutput } from "../../../shared/contract/methods.ts";
import { call } from "../../state/session.ts";
import { datedName, saveFile } from "../../ui/save-file.ts";

export type Format = "csv" | "json";

export type ExportState =
  | { readonly kind: "idle" }
  | { readonly kind: "exporting"; readonly format: Format; readonly bytes: number }
  | { readonly kind: "saved"; readonly file: string; readonly bytes: number }
  | { readonly kind: "failed"; readonly fault: Fault };

const MEDIA_TYPE = { csv: "text/csv;charset=utf-8", json: "application/json" };

/** Fetches the history part by part and saves the parts as one file. */
export function useExport(filter: HistoryFilter, sort: HistorySort) {
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);

  const stop = useCallback(() => {
    running.current?.abort();
    setState({ kind: "idle" });
  }, []);

  const start = useCallback(
    async (format: Format) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      const parts: string[] = [];
      let bytes = 0;
      let offset: number | null = 0;
      while (offset !== null) {
        setState({ kind: "exporting", format, bytes });
        const outcome: Outcome<MethodOutput<"history.export">> = await call(
          "history.export",
          { filter, sort, format, offset },
          { signal: mine.signal },
        );
        if (mine.signal.aborted) return;
        if (!outcome.ok) return setState({ kind: "failed", fault: outcome.fault });
        parts.push(outcome.value.text);
        bytes += new Blob([outcome.value.text]).size;
        offset = outcome.value.next;
      }
      const file = datedName("history", format, new Date());
      saveFile(file, MEDIA_TYPE[format], parts);
      setState({ kind: "saved", file, bytes });
    },
    [filter, sort],
  );

  useEffect(() => () => running.current?.abort(), []);
  return { state, start, stop };
}
