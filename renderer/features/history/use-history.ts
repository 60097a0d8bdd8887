import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { HistoryFilter, HistorySort } from "../../../shared/contract/methods.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";
import { useMirror } from "../../state/mirror.ts";
import { HistoryPages, type HistoryView } from "./history-pages.ts";

/** Rows that change without a pause are asked for anew no more often than this. */
const AGAIN_MS = 1_000;

export interface History extends HistoryView {
  readonly look: (first: number, last: number) => void;
}

/** The history by a filter and an order, kept right while runs begin and end. */
export function useHistory(filter: HistoryFilter, sort: HistorySort): History {
  const [pages] = useState(() => new HistoryPages());
  const view = useSyncExternalStore(pages.subscribe, pages.view);
  const version = useSlowed(
    usePicture((picture) => picture.historyVersion),
    AGAIN_MS,
  );
  const connected = useMirror((mirror) => mirror.connection === "open");

  useEffect(() => {
    if (!connected) return;
    pages.ask((offset, limit, signal) => call("history.page", { filter, sort, offset, limit }, { signal }));
  }, [pages, filter, sort, version, connected]);
  useEffect(() => () => pages.stop(), [pages]);

  return useMemo(() => ({ ...view, look: pages.look }), [view, pages]);
}

/** A value that changes at most once in a while; the last change is never lost. */
function useSlowed(value: number, apartMs: number): number {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, changedAt.current + apartMs - performance.now());
    const timer = setTimeout(() => {
      changedAt.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, apartMs]);
  return shown;
}
